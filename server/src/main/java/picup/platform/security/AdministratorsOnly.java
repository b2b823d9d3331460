package picup.platform.security;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The one rule of everything under `/api/admin`: the token says administrator, and where the accounts are at hand, so do
/// they, at every request. A process without them (the storage role alone) has the token's word only, which is at most an
/// access token's life old.
///
/// To everybody else, and to every API key, there is nothing here: a refusal is the 404 of an address that does not exist.
class AdministratorsOnly implements AuthorizationManager<RequestAuthorizationContext> {
    static final String[] PATHS = {"/api/admin", "/api/admin/**"};
    private static final PathPattern BELOW = PathPatternParser.defaultInstance.parse("/api/admin/{*rest}");

    private final ObjectProvider<Administrators> administrators;

    AdministratorsOnly(ObjectProvider<Administrators> administrators) {
        this.administrators = administrators;
    }

    @Override
    public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext request) {
        return new AuthorizationDecision(who.get() instanceof SignedInAuthentication acting && isAdministrator(acting.getPrincipal()));
    }

    private boolean isAdministrator(SignedIn signedIn) {
        return signedIn.administrator() && administrators.stream().allMatch(known -> known.contains(signedIn.member()));
    }

    static boolean guards(String path) {
        return BELOW.matches(PathContainer.parsePath(path));
    }
}
