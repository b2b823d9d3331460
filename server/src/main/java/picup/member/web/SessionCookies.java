package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import picup.member.OpenSession;
import picup.platform.security.SessionFilter;

/// The session in a browser: two cookies that no script can read, and one without a secret that tells the app that there is a session before it has
/// asked. The refresh token travels to `/api/auth` only.
///
/// `Secure` when the request came over https, as the framework sees it (forwarded headers included). Over plain http, as
/// in many a home, a browser would drop a `Secure` cookie, and nobody could sign in.
final class SessionCookies {
    static final String REFRESH_COOKIE = "picup_refresh";
    private static final String REFRESH_PATH = "/api/auth";
    private static final String HERE_COOKIE = "picup_here";

    private SessionCookies() {}

    static void set(HttpServletRequest request, HttpServletResponse response, OpenSession session) {
        add(request, response, SessionFilter.ACCESS_COOKIE, session.accessToken(), "/", session.accessLifetime(), true);
        add(request, response, REFRESH_COOKIE, session.refreshToken(), REFRESH_PATH, session.refreshLifetime(), true);
        add(request, response, HERE_COOKIE, "yes", "/", session.refreshLifetime(), false);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, SessionFilter.ACCESS_COOKIE, "", "/", Duration.ZERO, true);
        add(request, response, REFRESH_COOKIE, "", REFRESH_PATH, Duration.ZERO, true);
        add(request, response, HERE_COOKIE, "", "/", Duration.ZERO, false);
    }

    private static void add(HttpServletRequest request, HttpServletResponse response, String name, String value, String path,
            Duration lifetime, boolean secret) {
        var cookie = ResponseCookie.from(name, value)
                .httpOnly(secret)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path(path)
                .maxAge(lifetime)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
