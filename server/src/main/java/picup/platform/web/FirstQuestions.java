package picup.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.WebUtils;
import picup.platform.security.SessionFilter;

/// Tells the browser of somebody who has a session, together with the page, what the app is going to ask first. So the answers are on their way
/// while the scripts are still being read, instead of one after the other behind them.
final class FirstQuestions implements HandlerInterceptor {
    /// The browser uses such an answer once, for a `fetch` of the same address with the same kind of credentials.
    private static final String LINK = "<%s>; rel=preload; as=fetch; crossorigin";
    private static final String LINKS = Stream.of("/api/members/me", "/api/timeline", "/api/timeline/latest").map(LINK::formatted).collect(Collectors.joining(", "));
    private static final Pattern PICTURE = Pattern.compile("/picture/([\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12})");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof ResourceHttpRequestHandler && wantsPage(request) && WebUtils.getCookie(request, SessionFilter.ACCESS_COOKIE) != null) {
            response.addHeader(HttpHeaders.LINK, linksFor(request.getRequestURI()));
        }
        return true;
    }

    private static String linksFor(String path) {
        var picture = PICTURE.matcher(path);
        return picture.matches() ? LINKS + ", " + LINK.formatted("/api/pictures/" + picture.group(1)) : LINKS;
    }

    private static boolean wantsPage(HttpServletRequest request) {
        var accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }
}
