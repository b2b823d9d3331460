package picup.member.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.ChangeEmail;
import picup.platform.MemberId;

@RestController
@RequestMapping("/api/members/me/email")
class EmailController {
    private final ChangeEmail changeEmail;

    EmailController(ChangeEmail changeEmail) {
        this.changeEmail = changeEmail;
    }

    /// @param email null for none
    record Email(@Nullable String email) {}

    @GetMapping
    Email current(MemberId member) {
        return new Email(changeEmail.current(member).orElse(null));
    }

    @PutMapping
    Email change(MemberId member, @RequestBody Email email) {
        if (!changeEmail.change(member, email.email())) {
            throw Refused.accountGone();
        }
        return current(member);
    }
}
