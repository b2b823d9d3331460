/// Passkeys: the table `member.passkey`, and the two conversations of WebAuthn (Level 3).
///
/// ```
///  ChallengePasskey ──▶ challenge (5 min, used once) ──▶ browser and authenticator ──▶ AddPasskey
///                                                                               └──▶ SignInWithPasskey ──▶ BeginSession
/// ```
/// What an authenticator says is verified by Spring Security and webauthn4j, behind [picup.member.passkey.RelyingParty]. None of their classes
/// is needed before somebody uses a passkey, so none is loaded.
@NullMarked
package picup.member.passkey;

import org.jspecify.annotations.NullMarked;
