package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.Leave;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

@RestController
class LeaveController {
    private final Leave leave;

    LeaveController(Leave leave) {
        this.leave = leave;
    }

    /// @param password null only where there is none
    record Farewell(@Nullable String password) {
        @Override
        public String toString() {
            return "Farewell[hidden]";
        }
    }

    @DeleteMapping("/api/members/me")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(SignedIn signedIn, @RequestBody Farewell body, HttpServletRequest request, HttpServletResponse response) {
        switch (leave.leave(signedIn, body.password(), request.getRemoteAddr())) {
            case Leave.Outcome.Gone() -> SessionCookies.clear(request, response);
            case Leave.Outcome.LastAdministrator() -> throw Problem.LAST_ADMINISTRATOR.because(
                    "You are the only administrator, and there are other members. Make one of them an administrator first, or delete their accounts.");
        }
    }
}
