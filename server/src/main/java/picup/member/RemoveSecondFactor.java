package picup.member;

import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// Goes back to the password alone. The recovery codes go with it.
@Component
public class RemoveSecondFactor {
    private final ProvePassword password;
    private final SecondFactors factors;

    RemoveSecondFactor(ProvePassword password, SecondFactors factors) {
        this.password = password;
        this.factors = factors;
    }

    /// @throws picup.platform.ProblemException as [ProvePassword#prove], or `NOT_FOUND` when there is none
    public void remove(SignedIn signedIn, String typedPassword, String address) {
        var account = password.prove(signedIn, typedPassword, address);
        if (!factors.remove(account.id())) {
            throw Problem.NOT_FOUND.because("There is no second factor to remove.");
        }
    }
}
