/// Accounts, sign-up, sessions. Owns the schema `member`: `account`, `founder`, `session`, `invitation`, `api_key`,
/// `second_factor`, `recovery_code`, `audit`.
///
/// ```
///  sign up / sign in ──▶ session ──▶ access token (10 min, verified anywhere by public key)
///                          ▲   └───▶ refresh token (used once, then the next)
///                          └── refresh ◀──┘
///  sign out (here, there, everywhere) / new password ──▶ session ends ──▶ EndedSessions: its access token too
/// ```
/// Publishes every `MemberEvent`; listens to nothing. [picup.member.RefreshSession] tells how rotation and two tabs go together,
/// [picup.platform.security] how tokens are verified.
@ApplicationModule(allowedDependencies = {"platform", "events"})
@InRole(Role.MEMBER)
@NullMarked
package picup.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
import picup.platform.InRole;
import picup.platform.Role;
