package picup.events;

import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// An account is gone, and everything that was its member's has to go. The last news of a member.
public record MemberDeleted(UUID eventId, MemberId member, long sequence, Instant at) implements MemberEvent {}
