package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ConfirmPassword;
import picup.member.WaysIn;
import picup.member.oidc.ListLinkedAccounts;
import picup.member.passkey.ListPasskeys;
import picup.platform.MemberId;
import picup.platform.security.SignedIn;

/// By what a member signs in, and the proof that changing it takes.
@RestController
class WaysInController {
    private final WaysIn waysIn;
    private final ListPasskeys listPasskeys;
    private final ListLinkedAccounts listLinkedAccounts;
    private final ConfirmPassword confirmPassword;

    WaysInController(WaysIn waysIn, ListPasskeys listPasskeys, ListLinkedAccounts listLinkedAccounts, ConfirmPassword confirmPassword) {
        this.waysIn = waysIn;
        this.listPasskeys = listPasskeys;
        this.listLinkedAccounts = listLinkedAccounts;
        this.confirmPassword = confirmPassword;
    }

    /// @param password whether there is one
    record WaysInJson(boolean password, List<PasskeyJson.PasskeyEntry> passkeys, List<LinkedAccountJson> accounts) {}

    /// @param provider   name of the provider, or its address when it is configured no more
    /// @param name       what the member is called there
    /// @param lastUsedAt null until it is first used
    record LinkedAccountJson(UUID id, String provider, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}

    record Proof(@Nullable String password) {
        @Override
        public String toString() {
            return "Proof[hidden]";
        }
    }

    @GetMapping("/api/members/me/ways-in")
    WaysInJson waysIn(MemberId member) {
        return new WaysInJson(waysIn.includePassword(member), listPasskeys.of(member).stream().map(PasskeyJson.PasskeyEntry::of).toList(),
                listLinkedAccounts.of(member).stream().map(each -> new LinkedAccountJson(each.id(), each.provider(), each.name(), each.createdAt(), each.lastUsedAt())).toList());
    }

    /// What adds or removes a way in asks for this when the session is older than ten minutes.
    @PutMapping("/api/auth/sessions/current/proof")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void prove(SignedIn signedIn, @RequestBody Proof proof, HttpServletRequest request) {
        confirmPassword.confirm(signedIn, Required.text("password", proof.password()), request.getRemoteAddr());
    }
}
