package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.Account;
import picup.member.Admission;
import picup.member.ChangeDisplayName;
import picup.member.Profile;
import picup.member.SignUp;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;

@RestController
@RequestMapping("/api/members")
class MemberController {
    private final SignUp signUp;
    private final Profile profile;
    private final ChangeDisplayName changeDisplayName;

    MemberController(SignUp signUp, Profile profile, ChangeDisplayName changeDisplayName) {
        this.signUp = signUp;
        this.profile = profile;
        this.changeDisplayName = changeDisplayName;
    }

    record NewMember(@Nullable String username, @Nullable String password, @Nullable String displayName,
            @Nullable String invitation, @Nullable String email) {
        @Override
        public String toString() {
            return "NewMember[" + username + "]";
        }
    }

    record MemberChange(@Nullable String displayName) {}

    record Member(UUID id, String username, String displayName, boolean administrator) {
        static Member of(Account account) {
            return new Member(account.id().value(), account.username(), account.displayName(), account.administrator());
        }
    }

    @PostMapping
    ResponseEntity<Member> signUp(@RequestBody NewMember member,
            @RequestHeader(name = "User-Agent", defaultValue = "") String userAgent,
            HttpServletRequest request, HttpServletResponse response) {
        var newcomer = new SignUp.Newcomer(Required.text("username", member.username()),
                Required.text("password", member.password()), member.displayName(), member.invitation(), member.email(), userAgent);
        return switch (signUp.signUp(newcomer)) {
            case SignUp.Outcome.Welcome(var account, var session) -> {
                SessionCookies.set(request, response, session);
                yield ResponseEntity.created(URI.create("/api/members/me")).body(Member.of(account));
            }
            case SignUp.Outcome.UsernameTaken() ->
                throw Problem.USERNAME_TAKEN.because("Somebody already signs in with this name. Choose another.");
            case SignUp.Outcome.NotAdmitted(var reason) -> throw notAdmitted(reason);
        };
    }

    private static ProblemException notAdmitted(Admission.Refusal reason) {
        return switch (reason) {
            case CLOSED -> Problem.SIGN_UP_CLOSED.because("Ask an administrator of this Picup to open the sign-up.");
            case NO_INVITATION -> Problem.INVITATION_NEEDED.because(
                    "Ask an administrator of this Picup for an invitation, and open its link, or send its secret as \"invitation\".");
            case INVITATION_NOT_GOOD -> Problem.INVITATION_OVER.because(
                    "It was used, withdrawn or has run out, or it was not copied as a whole. Ask an administrator for another.");
        };
    }

    @GetMapping("/me")
    Member me(MemberId member) {
        return known(profile.of(member));
    }

    @PatchMapping("/me")
    Member change(MemberId member, @RequestBody MemberChange change) {
        return known(changeDisplayName.change(member, Required.text("displayName", change.displayName())));
    }

    private static Member known(Optional<Account> account) {
        return account.map(Member::of).orElseThrow(Refused::accountGone);
    }
}
