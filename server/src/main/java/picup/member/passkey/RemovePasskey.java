package picup.member.passkey;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.member.MemberAudit;
import picup.member.RecentProof;
import picup.member.WaysIn;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;

/// Takes a passkey's power away, for instance when the device that has it is lost. Sessions that it opened go on; the list of sessions ends
/// those.
@Component
public class RemovePasskey {
    private final RecentProof proof;
    private final WaysIn waysIn;
    private final Passkeys passkeys;
    private final MemberAudit audit;

    RemovePasskey(RecentProof proof, WaysIn waysIn, Passkeys passkeys, MemberAudit audit) {
        this.proof = proof;
        this.waysIn = waysIn;
        this.passkeys = passkeys;
        this.audit = audit;
    }

    /// @throws picup.platform.ProblemException `PROOF_NEEDED`
    public WaysIn.Removal remove(SignedIn signedIn, UUID passkey) {
        proof.require(signedIn);
        return waysIn.remove(signedIn.member(), () -> removed(signedIn.member(), passkey));
    }

    private boolean removed(MemberId member, UUID passkey) {
        boolean removed = passkeys.remove(member, passkey);
        if (removed) {
            audit.record(AuditAction.PASSKEY_REMOVED, member);
        }
        return removed;
    }
}
