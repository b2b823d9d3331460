package picup.platform.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;

/// Who acts, and by what. A controller that needs only the member declares a [MemberId] parameter instead.
///
/// @param session ends with a sign-out; see [EndedSessions]. The id of the key, when it is one that acts
/// @param scopes  null for a session, which may do all that its member may; else what an API key is held to by [ScopeRules]
public record SignedIn(MemberId member, UUID session, boolean administrator, @Nullable Set<Scope> scopes) {
    public SignedIn {
        scopes = scopes == null ? null : Set.copyOf(scopes);
        if (scopes != null && administrator) {
            throw new IllegalArgumentException("An API key never administers");
        }
    }

    public SignedIn(MemberId member, UUID session, boolean administrator) {
        this(member, session, administrator, null);
    }

    public static SignedIn byKey(MemberId member, UUID key, Set<Scope> scopes) {
        return new SignedIn(member, key, false, scopes);
    }
}
