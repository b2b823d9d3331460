package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.passkey.AddPasskey;
import picup.member.passkey.ChallengePasskey;
import picup.member.passkey.RemovePasskey;
import picup.member.passkey.RenamePasskey;
import picup.member.passkey.SignInWithPasskey;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

@RestController
class PasskeyController {
    private final ChallengePasskey challengePasskey;
    private final AddPasskey addPasskey;
    private final SignInWithPasskey signInWithPasskey;
    private final RenamePasskey renamePasskey;
    private final RemovePasskey removePasskey;
    private final Origins origins;

    PasskeyController(ChallengePasskey challengePasskey, AddPasskey addPasskey, SignInWithPasskey signInWithPasskey, RenamePasskey renamePasskey,
            RemovePasskey removePasskey, Origins origins) {
        this.challengePasskey = challengePasskey;
        this.addPasskey = addPasskey;
        this.signInWithPasskey = signInWithPasskey;
        this.renamePasskey = renamePasskey;
        this.removePasskey = removePasskey;
        this.origins = origins;
    }

    record PasskeyChange(@Nullable String name) {}

    @PostMapping("/api/auth/passkey-challenges")
    PasskeyJson.RequestOptions challenge(HttpServletRequest request) {
        return PasskeyJson.RequestOptions.of(challengePasskey.forSignIn(origins.of(request), request.getRemoteAddr()));
    }

    @PostMapping("/api/auth/sessions/passkey")
    ResponseEntity<SessionController.Tokens> signIn(@RequestBody PasskeyJson.SignedCredential credential,
            @RequestHeader(name = "User-Agent", defaultValue = "") String userAgent,
            HttpServletRequest request, HttpServletResponse response) {
        return switch (signInWithPasskey.signIn(origins.of(request), credential.answer(), userAgent)) {
            case SignInWithPasskey.Outcome.Opened(var session) -> SessionController.opened(session, request, response);
            case SignInWithPasskey.Outcome.Refused() ->
                throw Problem.PASSKEY_REFUSED.because("Picup does not know it, or it took too long. Try again, or sign in with your password.");
        };
    }

    @PostMapping("/api/members/me/passkey-challenges")
    PasskeyJson.CreationOptions creationChallenge(SignedIn signedIn, HttpServletRequest request) {
        return PasskeyJson.CreationOptions.of(challengePasskey.forCreation(signedIn, origins.of(request), request.getRemoteAddr()));
    }

    @PostMapping("/api/members/me/passkeys")
    ResponseEntity<PasskeyJson.PasskeyEntry> add(SignedIn signedIn, @RequestBody PasskeyJson.NewPasskey passkey,
            @RequestHeader(name = "User-Agent", defaultValue = "") String userAgent, HttpServletRequest request) {
        var answer = Required.value("credential", passkey.credential()).answer();
        return switch (addPasskey.add(signedIn, origins.of(request), answer, passkey.name(), userAgent)) {
            case AddPasskey.Outcome.Added(var added) ->
                ResponseEntity.created(URI.create("/api/members/me/passkeys/" + added.id())).body(PasskeyJson.PasskeyEntry.of(added));
            case AddPasskey.Outcome.Refused() -> throw Problem.BAD_VALUE.because(
                    "This does not answer the challenge, or answers it too late. Ask for a new one and try again.");
            case AddPasskey.Outcome.Known() -> throw Problem.PASSKEY_KNOWN.because("Use it to sign in, or add another one.");
            case AddPasskey.Outcome.TooMany() -> throw Problem.CONFLICT.because(
                    "Nobody may have more passkeys than you have. Remove one that you do not use.");
        };
    }

    @PatchMapping("/api/members/me/passkeys/{id}")
    PasskeyJson.PasskeyEntry rename(MemberId member, @PathVariable UUID id, @RequestBody PasskeyChange change) {
        return PasskeyJson.PasskeyEntry.of(renamePasskey.rename(member, id, Required.text("name", change.name())));
    }

    @DeleteMapping("/api/members/me/passkeys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(SignedIn signedIn, @PathVariable UUID id) {
        Refused.unlessRemoved(removePasskey.remove(signedIn, id));
    }
}
