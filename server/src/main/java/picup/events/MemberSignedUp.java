package picup.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Lane;

/// A person has an account now.
///
/// @param eventId names this piece of news, however often it is delivered
/// @param at      when the account was made
public record MemberSignedUp(UUID eventId, MemberId member, String username, String displayName, Instant at) {
    public static final Lane LANE = new Lane("member", "outbox", 2);

    /// Essential, so it is tried for about a week before a person must look.
    public static final JobKind<MemberSignedUp> DELIVERY =
            new JobKind<>(LANE, "member-signed-up", MemberSignedUp.class, 200, Duration.ofMillis(500));
}
