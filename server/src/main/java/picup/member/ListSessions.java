package picup.member;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Shows members where they are signed in.
@Component
public class ListSessions {
    private final Sessions sessions;
    private final InstantSource clock;

    ListSessions(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /// @param device     what is signed in, to be read by people; null when it did not say
    /// @param lastSeenAt of the last refresh, so it may be an access token's life behind
    /// @param expiresAt  unless the device is seen before
    public record Session(UUID id, @Nullable String device, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {}

    /// The one that was seen last comes first. Never more than a member may have, so there are no pages.
    public List<Session> of(MemberId member) {
        return sessions.openOf(member, clock.instant());
    }
}
