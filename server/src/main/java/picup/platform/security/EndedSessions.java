package picup.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

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

    public void add(UUID session) {
        ended.put(session, true);
    }

    boolean contains(UUID session) {
        return ended.getIfPresent(session) != null;
    }
}
