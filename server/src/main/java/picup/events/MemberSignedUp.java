package picup.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;

/// A person has an account now.
public record MemberSignedUp(UUID eventId, MemberId member, long sequence, String username, String displayName, Instant at) implements MemberEvent {
    /// @param sequence absent in what 0.1.0 has written, whose only news of a member this was
    @JsonCreator
    static MemberSignedUp of(UUID eventId, MemberId member, @Nullable Long sequence, String username, String displayName, Instant at) {
        return new MemberSignedUp(eventId, member, sequence == null ? 1 : sequence, username, displayName, at);
    }
}
