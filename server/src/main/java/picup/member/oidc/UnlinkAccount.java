package picup.member.oidc;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.member.RecentProof;
import picup.member.WaysIn;
import picup.platform.security.SignedIn;

/// Takes an account elsewhere its power to sign a member in.
@Component
public class UnlinkAccount {
    private final RecentProof proof;
    private final WaysIn waysIn;
    private final LinkedAccounts accounts;

    UnlinkAccount(RecentProof proof, WaysIn waysIn, LinkedAccounts accounts) {
        this.proof = proof;
        this.waysIn = waysIn;
        this.accounts = accounts;
    }

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public WaysIn.Removal unlink(SignedIn signedIn, UUID account) {
        proof.require(signedIn);
        return waysIn.remove(signedIn.member(), () -> accounts.remove(signedIn.member(), account));
    }
}
