package picup.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// The sessions that ended a moment ago, whose access tokens would otherwise be good until they run out. Kept in the
/// memory of this process, where a sign-out therefore works at once; another process honours the token for the
/// rest of its ten minutes, the price of never asking a database.
public class EndedSessions {
    /// Longer than an access token may live, which `MemberSettings` holds to an hour.
    public static final Duration REMEMBERED = Duration.ofHours(1);
    /// 100 bytes each. Only who has a session can end one, so nobody can push others out by the thousand.
    private static final int MAX_SESSIONS = 100_000;

    private final Cache<UUID, Boolean> ended =
            Caffeine.newBuilder().maximumSize(MAX_SESSIONS).expireAfterWrite(REMEMBERED).build();
    private final Cache<MemberId, Instant> members =
            Caffeine.newBuilder().maximumSize(MAX_SESSIONS).expireAfterWrite(REMEMBERED).build();

    public void add(UUID session) {
        ended.put(session, true);
    }

    /// Whatever sessions the member has, because the account is gone, or suspended: the tokens that were issued until then.
    public void addAllOf(MemberId member, Instant until) {
        members.put(member, until);
    }

    /// The account is open again.
    public void readmit(MemberId member) {
        members.invalidate(member);
    }

    /// @param issuedAt of the token
    boolean contains(SignedIn signedIn, Instant issuedAt) {
        var until = members.getIfPresent(signedIn.member());
        return ended.getIfPresent(signedIn.session()) != null || until != null && !issuedAt.isAfter(until);
    }
}
