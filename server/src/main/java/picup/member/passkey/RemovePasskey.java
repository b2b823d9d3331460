package picup.member.passkey;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.member.RecentProof;
import picup.member.WaysIn;
import picup.platform.security.SignedIn;

/// Takes a passkey's power away, for instance when the device that has it is lost. Sessions that it opened go on; the list of sessions ends
/// those.
@Component
public class RemovePasskey {
    private final RecentProof proof;
    private final WaysIn waysIn;
    private final Passkeys passkeys;

    RemovePasskey(RecentProof proof, WaysIn waysIn, Passkeys passkeys) {
        this.proof = proof;
        this.waysIn = waysIn;
        this.passkeys = passkeys;
    }

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public WaysIn.Removal remove(SignedIn signedIn, UUID passkey) {
        proof.require(signedIn);
        return waysIn.remove(signedIn.member(), () -> passkeys.remove(signedIn.member(), passkey));
    }
}
