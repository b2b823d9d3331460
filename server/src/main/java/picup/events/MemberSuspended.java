package picup.events;

import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// An administrator has closed an account for a while: its member may neither read nor write.
public record MemberSuspended(UUID eventId, MemberId member, long sequence, Instant at) implements MemberEvent {}
