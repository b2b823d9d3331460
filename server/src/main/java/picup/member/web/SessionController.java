package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.EndSession;
import picup.member.ListSessions;
import picup.member.OpenSession;
import picup.member.RefreshSession;
import picup.member.SignIn;
import picup.member.SignOut;
import picup.member.SignOutEverywhere;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

@RestController
@RequestMapping("/api/auth/sessions")
class SessionController {
    private final SignIn signIn;
    private final RefreshSession refreshSession;
    private final ListSessions listSessions;
    private final SignOut signOut;
    private final EndSession endSession;
    private final SignOutEverywhere signOutEverywhere;

    SessionController(SignIn signIn, RefreshSession refreshSession, ListSessions listSessions, SignOut signOut,
            EndSession endSession, SignOutEverywhere signOutEverywhere) {
        this.signIn = signIn;
        this.refreshSession = refreshSession;
        this.listSessions = listSessions;
        this.signOut = signOut;
        this.endSession = endSession;
        this.signOutEverywhere = signOutEverywhere;
    }

    /// @param code of the authenticator app, or a recovery code, once the answer has asked for it
    record Credentials(@Nullable String username, @Nullable String password, @Nullable String code) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    record Refresh(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[hidden]";
        }
    }

    record Tokens(String accessToken, String refreshToken, Instant expiresAt) {
        @Override
        public String toString() {
            return "Tokens[until " + expiresAt + "]";
        }
    }

    /// @param current whether it is the one that asks
    /// @param device  to be read by people, null when it did not say what it is
    record SessionJson(UUID id, boolean current, @Nullable String device, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {}

    record SessionList(List<SessionJson> sessions) {}

    @PostMapping
    ResponseEntity<Tokens> signIn(@RequestBody Credentials credentials,
            @RequestHeader(name = "User-Agent", defaultValue = "") String userAgent,
            HttpServletRequest request, HttpServletResponse response) {
        var attempt = new SignIn.Attempt(Required.text("username", credentials.username()),
                Required.text("password", credentials.password()), credentials.code(), request.getRemoteAddr(), userAgent);
        return switch (signIn.signIn(attempt)) {
            case SignIn.Outcome.Opened(var session) -> opened(session, request, response);
            case SignIn.Outcome.BadCredentials() ->
                throw Problem.BAD_CREDENTIALS.because("Check both and try again.");
            case SignIn.Outcome.SecondFactorNeeded() -> throw Problem.SECOND_FACTOR_NEEDED.because(
                    "Send the code of the authenticator app, or a recovery code, as \"code\" beside the name and the password. Programs use an API key.");
            case SignIn.Outcome.WrongCode() ->
                throw Problem.WRONG_CODE.because("Each code is good once. Wait for the next one, or use a recovery code.");
            case SignIn.Outcome.TooManyCodes(var retryAfter) -> throw Refused.tooManyCodes(retryAfter);
            case SignIn.Outcome.TooManyAttempts(var retryAfter) -> throw Refused.tooManyAttempts(retryAfter);
        };
    }

    /// The token comes in the body from an app, in the cookie from a browser.
    @PostMapping("/refresh")
    ResponseEntity<Tokens> refresh(@RequestBody(required = false) @Nullable Refresh body,
            @CookieValue(name = SessionCookies.REFRESH_COOKIE, required = false) @Nullable String cookie,
            HttpServletRequest request, HttpServletResponse response) {
        String token = body != null && body.refreshToken() != null ? body.refreshToken() : cookie;
        if (token == null) {
            throw Problem.NOT_SIGNED_IN.because("There is no refresh token, neither in the body nor in the cookie.");
        }
        return switch (refreshSession.refresh(token)) {
            case RefreshSession.Outcome.Refreshed(var session) -> opened(session, request, response);
            // the cookies stay: another tab may have signed in while this answer was on its way
            case RefreshSession.Outcome.Ended() -> throw Problem.SESSION_ENDED.because("Sign in again.");
        };
    }

    @GetMapping
    SessionList sessions(SignedIn signedIn) {
        return new SessionList(listSessions.of(signedIn.member()).stream()
                .map(session -> new SessionJson(session.id(), session.id().equals(signedIn.session()), session.device(),
                        session.createdAt(), session.lastSeenAt(), session.expiresAt()))
                .toList());
    }

    @DeleteMapping("/current")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        signOut.signOut(signedIn);
        SessionCookies.clear(request, response);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(SignedIn signedIn, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
        endSession.end(signedIn.member(), id);
        if (id.equals(signedIn.session())) {
            SessionCookies.clear(request, response);
        }
    }

    /// @param all this session as well
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endOthers(SignedIn signedIn, @RequestParam(defaultValue = "false") boolean all,
            HttpServletRequest request, HttpServletResponse response) {
        signOutEverywhere.signOut(signedIn, all ? SignOutEverywhere.Reach.ALL : SignOutEverywhere.Reach.ALL_BUT_THIS);
        if (all) {
            SessionCookies.clear(request, response);
        }
    }

    static ResponseEntity<Tokens> opened(OpenSession session, HttpServletRequest request, HttpServletResponse response) {
        SessionCookies.set(request, response, session);
        return ResponseEntity.created(URI.create("/api/auth/sessions/current"))
                .body(new Tokens(session.accessToken(), session.refreshToken(), session.expiresAt()));
    }
}
