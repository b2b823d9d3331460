package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ChangePassword;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

@RestController
class PasswordController {
    private final ChangePassword changePassword;

    PasswordController(ChangePassword changePassword) {
        this.changePassword = changePassword;
    }

    record PasswordChange(@Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "PasswordChange[hidden]";
        }
    }

    @PutMapping("/api/members/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(SignedIn signedIn, @RequestBody PasswordChange body, HttpServletRequest request) {
        var change = new ChangePassword.Change(signedIn, Required.text("currentPassword", body.currentPassword()),
                Required.text("newPassword", body.newPassword()), request.getRemoteAddr());
        switch (changePassword.change(change)) {
            case ChangePassword.Outcome.Changed() -> {}
            case ChangePassword.Outcome.WrongPassword() ->
                throw Problem.BAD_CREDENTIALS.because("The current password is not this one. Check it and try again.");
            case ChangePassword.Outcome.TooManyAttempts(var retryAfter) -> throw Refused.tooManyAttempts(retryAfter);
            case ChangePassword.Outcome.AccountGone() -> throw Refused.accountGone();
        }
    }
}
