package picup.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/// Finds out who acts, from `Authorization: Bearer` or else from the cookie. A token that is not valid counts as none:
/// a browser whose cookie has run out must still get the page, and be able to refresh; what needs a session refuses
/// later. (That is why this is not Spring's filter for bearer tokens, which answers 401 on every path.)
///
/// When the header is there, the cookie is not looked at, whatever the header's worth: [CrossSiteFilter] lets such
/// requests pass, so they must not act by the cookie's power.
public class SessionFilter extends OncePerRequestFilter {
    public static final String ACCESS_COOKIE = "picup_access";
    private static final String BEARER = "Bearer ";

    private final AccessTokens accessTokens;

    SessionFilter(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        token(request).flatMap(accessTokens::verify).ifPresent(signedIn -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new SignedInAuthentication(signedIn));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private static Optional<String> token(HttpServletRequest request) {
        String bearer = bearer(request);
        if (bearer != null) {
            return Optional.of(bearer);
        }
        return Optional.ofNullable(WebUtils.getCookie(request, ACCESS_COOKIE)).map(cookie -> cookie.getValue());
    }

    /// The scheme's name is not case-sensitive (RFC 9110, section 11.1).
    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? header.substring(BEARER.length()).strip() : null;
    }
}
