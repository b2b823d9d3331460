package picup.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Finds out who acts, from `Authorization: Bearer` or else from the cookie. A token that is not valid counts as none:
/// a browser whose cookie has run out must still get the page, and be able to refresh; what needs a session refuses
/// later. (That is why this is not Spring's filter for bearer tokens, which answers 401 on every path.) A token that nobody
/// could judge, for want of keys, counts as none too, but is refused as something to try again: see [#notSignedIn].
///
/// When the header is there, the cookie is not looked at, whatever the header's worth: [CrossSiteFilter] lets such
/// requests pass, so they must not act by the cookie's power. An API key works in the header alone.
public class SessionFilter extends OncePerRequestFilter {
    public static final String ACCESS_COOKIE = "picup_access";
    private static final String BEARER = "Bearer ";
    private static final String UNJUDGED = SessionFilter.class.getName() + ".unjudged";
    /// The keys are fetched again after this ([FetchedKeys]).
    private static final long RETRY_AFTER_SECONDS = FetchedKeys.AT_MOST_EVERY.toSeconds();

    private final AccessTokens accessTokens;
    private final ObjectProvider<BearerKeys> bearerKeys;
    private final Refusals refusals;

    /// @param bearerKeys absent where members are not served
    SessionFilter(AccessTokens accessTokens, ObjectProvider<BearerKeys> bearerKeys, Refusals refusals) {
        this.accessTokens = accessTokens;
        this.bearerKeys = bearerKeys;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SignedIn> signedIn;
        try {
            signedIn = signedIn(request);
        } catch (DataAccessException e) {
            refusals.answer(request, response, e);
            return;
        }
        signedIn.ifPresent(acting -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new SignedInAuthentication(acting));
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private Optional<SignedIn> signedIn(HttpServletRequest request) {
        String bearer = bearer(request);
        if (bearer == null) {
            return Optional.ofNullable(WebUtils.getCookie(request, ACCESS_COOKIE)).flatMap(cookie -> judged(request, cookie.getValue()));
        }
        if (!bearer.startsWith(BearerKeys.PREFIX)) {
            return judged(request, bearer);
        }
        var keys = bearerKeys.getIfAvailable();
        return keys == null ? Optional.empty() : keys.verify(bearer);
    }

    private Optional<SignedIn> judged(HttpServletRequest request, String token) {
        if (!accessTokens.haveKeys()) {
            request.setAttribute(UNJUDGED, true);
        }
        return accessTokens.verify(token);
    }

    /// What to answer who needs a session and has none. A browser whose token was not judged must not take it for worthless: it
    /// would sign its person out.
    static ProblemException notSignedIn(HttpServletRequest request) {
        return request.getAttribute(UNJUDGED) == null
                ? Problem.NOT_SIGNED_IN.because("This needs a session, and there is none or it has run out")
                : Problem.STARTING.because("The keys that sessions are verified with have not arrived yet. Try again in a moment.")
                        .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
    }

    /// The scheme's name is not case-sensitive (RFC 9110, section 11.1).
    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? header.substring(BEARER.length()).strip() : null;
    }
}
