package picup.events;

import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// A member is shown by another name now.
public record MemberRenamed(UUID eventId, MemberId member, long sequence, String displayName, Instant at) implements MemberEvent {}
