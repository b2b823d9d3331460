package picup.events;

import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// A suspended account is open again.
public record MemberReinstated(UUID eventId, MemberId member, long sequence, Instant at) implements MemberEvent {}
