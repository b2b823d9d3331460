package picup.member;

import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Tells members whether a code is asked for when they sign in with the password.
@Component
public class ShowSecondFactor {
    private final SecondFactors factors;

    ShowSecondFactor(SecondFactors factors) {
        this.factors = factors;
    }

    public record State(boolean on, int recoveryCodesLeft) {}

    public State of(MemberId member) {
        return new State(factors.isOn(member), factors.recoveryCodesLeft(member));
    }
}
