package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import picup.member.oidc.AskProvider;

/// Knows the browser again that set out for a provider. Random, and kept while it is good, so that two tabs may be on their way at once. `Lax`,
/// because the way back begins at another site.
final class BrowserCookie {
    static final String NAME = "picup_browser";
    private static final String PATH = "/api/auth";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private BrowserCookie() {}

    static String keep(@Nullable String cookie, HttpServletRequest request, HttpServletResponse response) {
        String value = cookie != null && FORM.matcher(cookie).matches() ? cookie : AskProvider.random();
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path(PATH)
                .maxAge(AskProvider.LASTS)
                .build().toString());
        return value;
    }
}
