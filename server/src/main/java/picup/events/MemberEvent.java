package picup.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Lane;

/// News of one member. Stored and sent as JSON with its `type`, so records grow only by optional fields, and the names
/// here stay.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MemberSignedUp.class, name = "member-signed-up"),
    @JsonSubTypes.Type(value = MemberRenamed.class, name = "member-renamed"),
    @JsonSubTypes.Type(value = MemberSuspended.class, name = "member-suspended"),
    @JsonSubTypes.Type(value = MemberReinstated.class, name = "member-reinstated"),
    @JsonSubTypes.Type(value = MemberDeleted.class, name = "member-deleted"),
})
public sealed interface MemberEvent permits MemberSignedUp, MemberRenamed, MemberSuspended, MemberReinstated, MemberDeleted {
    Lane LANE = new Lane("member", "outbox", 4, true);

    /// Essential, so it is tried for about a week before a person must look.
    JobKind<MemberEvent> DELIVERY = new JobKind<>(LANE, "member-event", MemberEvent.class, 200, Duration.ofMillis(500));

    /// Names this piece of news, however often it is delivered.
    UUID eventId();

    MemberId member();

    /// Which change of this account it is: 1 for the sign-up, one more with each after it. News of one member that comes
    /// in another order can be put right by it.
    long sequence();

    /// When it became true.
    Instant at();
}
