package picup.platform.security;

import java.util.UUID;
import picup.platform.MemberId;

/// What a valid access token says. A controller that needs only the member declares a [MemberId] parameter instead.
///
/// @param session ends with a sign-out; see [EndedSessions]
public record SignedIn(MemberId member, UUID session, boolean administrator) {}
