package picup.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;

/// Who acts, and by what. A controller that needs only the member declares a [MemberId] parameter instead.
///
/// @param session ends with a sign-out; see [EndedSessions]. The id of the key, when it is one that acts
/// @param scopes  null for a session, which may do all that its member may; else what an API key is held to by [ScopeRules]
/// @param provedAt when the member signed in, or confirmed the password, as of the token; null where the token does not say
public record SignedIn(MemberId member, UUID session, boolean administrator, @Nullable Set<Scope> scopes, @Nullable Instant provedAt) {
    /// How long a proof counts for what would outlast the session; long enough to find the security key in the drawer.
    public static final Duration PROOF_LASTS = Duration.ofMinutes(10);

    public SignedIn {
        scopes = scopes == null ? null : Set.copyOf(scopes);
        if (scopes != null && administrator) {
            throw new IllegalArgumentException("An API key never administers");
        }
    }

    public SignedIn(MemberId member, UUID session, boolean administrator) {
        this(member, session, administrator, null, null);
    }

    public static SignedIn byKey(MemberId member, UUID key, Set<Scope> scopes) {
        return new SignedIn(member, key, false, scopes, null);
    }

    public boolean isSession() {
        return scopes == null;
    }

    /// Whether the token itself says so. A session that has just proved itself renews its token first.
    public boolean hasProvedItself(Instant now) {
        return isSession() && provedAt != null && provedAt.plus(PROOF_LASTS).isAfter(now);
    }
}
