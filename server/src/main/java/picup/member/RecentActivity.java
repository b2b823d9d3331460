package picup.member;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.audit.AuditEntry;

/// Shows members what was done to their account: by themselves with the device and the network, by others without.
@Component
public class RecentActivity {
    private final MemberAudit audit;

    RecentActivity(MemberAudit audit) {
        this.audit = audit;
    }

    /// @param mine    whether the member did it, or somebody with the member's keys
    /// @param device  to be read by people; null when it did not say, or was another's
    /// @param network coarse; null when it was another's
    public record Activity(UUID id, Instant at, String action, boolean mine, @Nullable String device, @Nullable String network) {}

    /// @param next cursor of the following page; null when this is the last
    public record Page(List<Activity> activities, @Nullable String next) {}

    /// The latest first.
    public Page of(MemberId member, @Nullable Cursor after, int limit) {
        var page = audit.page(member, after, limit);
        return new Page(page.entries().stream().map(entry -> activity(member, entry)).toList(), page.next());
    }

    private static Activity activity(MemberId member, AuditEntry entry) {
        boolean another = entry.actor() != null && !entry.actor().equals(member.value());
        var device = another ? null : Optional.ofNullable(entry.userAgent()).flatMap(Device::named).orElse(null);
        return new Activity(entry.id(), entry.at(), entry.action(), member.value().equals(entry.actor()), device, another ? null : entry.network());
    }
}
