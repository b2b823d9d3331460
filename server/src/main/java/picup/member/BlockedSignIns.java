package picup.member;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;
import picup.platform.audit.AuditAction;

/// Tells the audit log that somebody is guessing: once an hour for each account and address, so that an attack is a few
/// lines and not the whole log. A name that nobody has leaves a line without a subject.
@Component
class BlockedSignIns {
    private static final int MAX_REMEMBERED = 10_000;

    private final Accounts accounts;
    private final MemberAudit audit;
    private final Cache<Told, Boolean> told = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(Duration.ofHours(1)).build();

    private record Told(String account, String address) {}

    BlockedSignIns(Accounts accounts, MemberAudit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    void tell(Username username, String address) {
        if (told.asMap().putIfAbsent(new Told(username.key(), address), true) == null) {
            var subject = accounts.credentials(username).map(credentials -> credentials.account().id()).orElse(null);
            audit.record(AuditAction.SIGN_IN_BLOCKED, null, subject);
        }
    }
}
