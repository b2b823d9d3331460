package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.oidc.AskProvider;
import picup.member.oidc.ReturnFromProvider;
import picup.member.oidc.UnlinkAccount;
import picup.platform.security.SignedIn;

/// Accounts elsewhere. A conversation begins with a POST, which no other site can make a browser send, and is answered with the address
/// to go to; only the way back is a GET.
@RestController
class ProviderController {
    private final AskProvider askProvider;
    private final ReturnFromProvider returnFromProvider;
    private final UnlinkAccount unlinkAccount;
    private final Origins origins;

    ProviderController(AskProvider askProvider, ReturnFromProvider returnFromProvider, UnlinkAccount unlinkAccount, Origins origins) {
        this.askProvider = askProvider;
        this.returnFromProvider = returnFromProvider;
        this.unlinkAccount = unlinkAccount;
        this.origins = origins;
    }

    /// @param to         path of the screen to come back to
    /// @param invitation the secret of one, where a newcomer needs it
    record ProviderSignIn(@Nullable String provider, @Nullable String to, @Nullable String invitation) {
        @Override
        public String toString() {
            return "ProviderSignIn[" + provider + "]";
        }
    }

    record ProviderLink(@Nullable String provider) {}

    /// @param location where the browser has to go
    record Departure(URI location) {}

    @PostMapping("/api/auth/provider-sign-ins")
    Departure signIn(@RequestBody ProviderSignIn asked, @CookieValue(name = BrowserCookie.NAME, required = false) @Nullable String cookie,
            HttpServletRequest request, HttpServletResponse response) {
        String browser = BrowserCookie.keep(cookie, request, response);
        return new Departure(askProvider.ask(new AskProvider.Question(Required.text("provider", asked.provider()), asked.to(), asked.invitation(),
                origins.of(request), browser, request.getRemoteAddr())));
    }

    @PostMapping("/api/auth/provider-links")
    Departure link(SignedIn signedIn, @RequestBody ProviderLink asked, @CookieValue(name = BrowserCookie.NAME, required = false) @Nullable String cookie,
            HttpServletRequest request, HttpServletResponse response) {
        String browser = BrowserCookie.keep(cookie, request, response);
        return new Departure(askProvider.askToLink(signedIn, new AskProvider.Question(Required.text("provider", asked.provider()), null, null,
                origins.of(request), browser, request.getRemoteAddr())));
    }

    /// The code in this address is worth nothing without the verifier and the cookie, and nothing at all once it was used; the browser goes on to
    /// a clean address, and tells nobody where it was.
    @GetMapping("/api/auth/providers/{provider}/callback")
    ResponseEntity<Void> callback(@PathVariable String provider, @CookieValue(name = BrowserCookie.NAME, required = false) @Nullable String cookie,
            @RequestHeader(name = "User-Agent", defaultValue = "") String userAgent,
            HttpServletRequest request, HttpServletResponse response) {
        var arrived = new ReturnFromProvider.Return(provider, parameters(request), cookie, userAgent);
        String to = switch (returnFromProvider.finish(arrived)) {
            case ReturnFromProvider.Outcome.Opened(var session, var path) -> {
                SessionCookies.set(request, response, session);
                yield path;
            }
            case ReturnFromProvider.Outcome.Linked() -> "/settings";
            case ReturnFromProvider.Outcome.Failed(var problem, var linking) -> (linking ? "/settings" : "/sign-in") + "?problem=" + problem.code();
        };
        return ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", to).header("Referrer-Policy", "no-referrer").build();
    }

    @DeleteMapping("/api/members/me/accounts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlink(SignedIn signedIn, @PathVariable UUID id) {
        Refused.unlessRemoved(unlinkAccount.unlink(signedIn, id));
    }

    private static Map<String, List<String>> parameters(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> Arrays.asList(each.getValue())));
    }
}
