/// Who acts, and whether the request is allowed in at all: verification of access tokens, the filter chain, the
/// headers. Verifies with public keys only and never asks the database, so that every role can serve requests while
/// the member side is down. Tokens are made by `picup.member`.
@NullMarked
package picup.platform.security;

import org.jspecify.annotations.NullMarked;
