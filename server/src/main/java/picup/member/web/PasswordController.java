package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ChangePassword;
import picup.member.ChooseFirstPassword;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

@RestController
class PasswordController {
    private final ChangePassword changePassword;
    private final ChooseFirstPassword chooseFirstPassword;

    PasswordController(ChangePassword changePassword, ChooseFirstPassword chooseFirstPassword) {
        this.changePassword = changePassword;
        this.chooseFirstPassword = chooseFirstPassword;
    }

    /// @param currentPassword null only where there is none
    record PasswordChange(@Nullable String currentPassword, @Nullable String newPassword) {
        @Override
        public String toString() {
            return "PasswordChange[hidden]";
        }
    }

    @PutMapping("/api/members/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(SignedIn signedIn, @RequestBody PasswordChange body, HttpServletRequest request) {
        String chosen = Required.text("newPassword", body.newPassword());
        if (body.currentPassword() != null) {
            changePassword.change(new ChangePassword.Change(signedIn, body.currentPassword(), chosen, request.getRemoteAddr()));
            return;
        }
        switch (chooseFirstPassword.choose(signedIn, chosen)) {
            case ChooseFirstPassword.Outcome.Chosen() -> {}
            case ChooseFirstPassword.Outcome.HasOne() -> throw Problem.BAD_VALUE.because("\"currentPassword\" is missing.");
        }
    }
}
