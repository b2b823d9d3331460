package picup.events;

import java.time.Instant;
import java.util.UUID;
import picup.platform.MemberId;

/// A person has an account now.
public record MemberSignedUp(UUID eventId, MemberId member, long sequence, String username, String displayName, Instant at) implements MemberEvent {}
