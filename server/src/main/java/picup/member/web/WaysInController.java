package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ConfirmPassword;
import picup.member.WaysIn;
import picup.member.passkey.ListPasskeys;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// By what a member signs in, and the proof that changing it takes.
@RestController
class WaysInController {
    private final WaysIn waysIn;
    private final ListPasskeys listPasskeys;
    private final ConfirmPassword confirmPassword;

    WaysInController(WaysIn waysIn, ListPasskeys listPasskeys, ConfirmPassword confirmPassword) {
        this.waysIn = waysIn;
        this.listPasskeys = listPasskeys;
        this.confirmPassword = confirmPassword;
    }

    /// @param password whether there is one
    record WaysInJson(boolean password, List<PasskeyJson.PasskeyEntry> passkeys) {}

    record Proof(@Nullable String password) {
        @Override
        public String toString() {
            return "Proof[hidden]";
        }
    }

    @GetMapping("/api/members/me/ways-in")
    WaysInJson waysIn(MemberId member) {
        return new WaysInJson(waysIn.includePassword(member), listPasskeys.of(member).stream().map(PasskeyJson.PasskeyEntry::of).toList());
    }

    /// What adds or removes a way in asks for this when the session is older than ten minutes.
    @PutMapping("/api/auth/sessions/current/proof")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void prove(SignedIn signedIn, @RequestBody Proof proof, HttpServletRequest request) {
        switch (confirmPassword.confirm(signedIn, Required.text("password", proof.password()), request.getRemoteAddr())) {
            case ConfirmPassword.Outcome.Confirmed() -> {}
            case ConfirmPassword.Outcome.WrongPassword() -> throw Problem.BAD_CREDENTIALS.because("The password is not this one. Check it and try again.");
            case ConfirmPassword.Outcome.TooManyAttempts(var retryAfter) -> throw Refused.tooManyAttempts(retryAfter);
            case ConfirmPassword.Outcome.AccountGone() -> throw Refused.accountGone();
        }
    }
}
