package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.EnrolSecondFactor;
import picup.member.RemoveSecondFactor;
import picup.member.RenewRecoveryCodes;
import picup.member.ShowSecondFactor;
import picup.platform.MemberId;
import picup.platform.security.SignedIn;

@RestController
@RequestMapping("/api/members/me/second-factor")
class SecondFactorController {
    private final ShowSecondFactor showSecondFactor;
    private final EnrolSecondFactor enrolSecondFactor;
    private final RenewRecoveryCodes renewRecoveryCodes;
    private final RemoveSecondFactor removeSecondFactor;

    SecondFactorController(ShowSecondFactor showSecondFactor, EnrolSecondFactor enrolSecondFactor, RenewRecoveryCodes renewRecoveryCodes,
            RemoveSecondFactor removeSecondFactor) {
        this.showSecondFactor = showSecondFactor;
        this.enrolSecondFactor = enrolSecondFactor;
        this.renewRecoveryCodes = renewRecoveryCodes;
        this.removeSecondFactor = removeSecondFactor;
    }

    record SecondFactorJson(boolean on, int recoveryCodesLeft) {}

    record PasswordProof(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordProof[hidden]";
        }
    }

    record FirstCode(@Nullable String code) {}

    /// @param secret in base 32
    /// @param uri    the same, for a QR code
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    record RecoveryCodes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodes[hidden]";
        }
    }

    @GetMapping
    SecondFactorJson show(MemberId member) {
        var state = showSecondFactor.of(member);
        return new SecondFactorJson(state.on(), state.recoveryCodesLeft());
    }

    @PutMapping
    Enrolment begin(SignedIn signedIn, @RequestBody PasswordProof proof, HttpServletRequest request) {
        var enrolment = enrolSecondFactor.begin(signedIn, Required.text("password", proof.password()), request.getRemoteAddr());
        return new Enrolment(enrolment.secret(), enrolment.uri());
    }

    @PostMapping("/confirmation")
    RecoveryCodes confirm(SignedIn signedIn, @RequestBody FirstCode first) {
        return new RecoveryCodes(enrolSecondFactor.confirm(signedIn, Required.text("code", first.code())));
    }

    @PostMapping("/recovery-codes")
    RecoveryCodes renew(SignedIn signedIn, @RequestBody PasswordProof proof, HttpServletRequest request) {
        return new RecoveryCodes(renewRecoveryCodes.renew(signedIn, Required.text("password", proof.password()), request.getRemoteAddr()));
    }

    @PostMapping("/removal")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(SignedIn signedIn, @RequestBody PasswordProof proof, HttpServletRequest request) {
        removeSecondFactor.remove(signedIn, Required.text("password", proof.password()), request.getRemoteAddr());
    }
}
