package picup.member.administration;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.member.Username;

/// Who has an account here.
@Component
public class ListMembers {
    private final Members members;

    ListMembers(Members members) {
        this.members = members;
    }

    /// @param next cursor of the following page; null when this is the last
    public record MemberPage(List<ManagedMember> members, @Nullable String next) {}

    /// By name.
    ///
    /// @param beginning of the user name, in any spelling; empty for everybody
    public MemberPage page(String beginning, @Nullable String cursor, int limit) {
        var rows = members.page(Username.keyOfBeginning(beginning.replace("\0", "")), cursor == null ? "" : NameCursor.of(cursor).key(), limit + 1);
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new MemberPage(shown.stream().map(Members.Row::member).toList(), more ? new NameCursor(shown.getLast().key()).text() : null);
    }

    /// Those of these who have an account.
    public MemberPage of(Collection<UUID> ids) {
        return new MemberPage(members.of(ids), null);
    }
}
