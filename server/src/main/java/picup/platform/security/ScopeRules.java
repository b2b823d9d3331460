package picup.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// The one place that says what an API key reaches. What is not named here is closed to every key, so an endpoint that is
/// added later is closed until somebody decides otherwise. A session reaches everything that is its member's.
final class ScopeRules implements AuthorizationManager<RequestAuthorizationContext> {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private static final List<Rule> RULES = List.of(
            reading(Scope.PICTURES_READ, "/api/pictures", "/api/pictures/**", "/api/sidecars", "/api/sidecars/**", "/api/timeline", "/api/timeline/**",
                    "/api/trash", "/api/live", "/api/receipts", "/api/receipts/**"),
            writing(Scope.PICTURES_WRITE, "/api/pictures", "/api/pictures/**", "/api/facts", "/api/sidecars/**", "/api/trash", "/api/trash/**"),
            // resuming is a part of sending
            reading(Scope.PICTURES_WRITE, "/api/uploads", "/api/uploads/**", "/api/direct-uploads", "/api/direct-uploads/**"),
            writing(Scope.PICTURES_WRITE, "/api/uploads", "/api/uploads/**", "/api/direct-uploads", "/api/direct-uploads/**"),
            reading(Scope.ALBUMS_READ, "/api/albums", "/api/albums/**"),
            writing(Scope.ALBUMS_WRITE, "/api/albums", "/api/albums/**"),
            reading(Scope.ACCOUNT_READ, "/api/members/me", "/api/space"));

    private record Rule(Scope scope, boolean reading, List<RequestMatcher> paths) {
        boolean covers(HttpServletRequest request) {
            return READING.contains(request.getMethod()) == reading && paths.stream().anyMatch(path -> path.matches(request));
        }
    }

    private static Rule reading(Scope scope, String... paths) {
        return new Rule(scope, true, matchers(paths));
    }

    private static Rule writing(Scope scope, String... paths) {
        return new Rule(scope, false, matchers(paths));
    }

    private static List<RequestMatcher> matchers(String... paths) {
        return Arrays.stream(paths).<RequestMatcher>map(PathPatternRequestMatcher::pathPattern).toList();
    }

    @Override
    public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        boolean granted = authentication.get() instanceof SignedInAuthentication acting && allows(acting.getPrincipal(), context.getRequest());
        return new AuthorizationDecision(granted);
    }

    private static boolean allows(SignedIn signedIn, HttpServletRequest request) {
        var scopes = signedIn.scopes();
        return scopes == null || needed(request).filter(scopes::contains).isPresent();
    }

    /// Empty when no scope would do.
    static Optional<Scope> needed(HttpServletRequest request) {
        return RULES.stream().filter(rule -> rule.covers(request)).map(Rule::scope).findFirst();
    }
}
