/// Accounts elsewhere: signing in by an OpenID provider (OpenID Connect Core, authorization code with PKCE). Owns `member.linked_account`.
///
/// ```
///  AskProvider ──▶ row in `handshake`, cookie ──▶ browser goes to the provider and comes back ──▶ ReturnFromProvider
///                                                                              BeginSession ◀──┤ (issuer, subject) is linked
///                                                                                    SignUp ◀──┤ is new, and may sign up
///                                                                            LinkedAccounts ◀──┘ was asked for by a member
/// ```
/// The protocol is spoken by the SDK of Nimbus, behind [picup.member.oidc.OpenIdProvider]. Without a provider in the configuration none of its
/// classes is loaded; with one, nothing is fetched before somebody signs in by it.
@NullMarked
package picup.member.oidc;

import org.jspecify.annotations.NullMarked;
