package picup.member;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.BadValue;
import picup.platform.security.SignedIn;

/// Lets members delete their own account. It takes the password, so that a device left open is no way to lose everything; who
/// has none shows by a [RecentProof] that it is they.
@Component
public class Leave {
    private final Accounts accounts;
    private final WaysIn waysIn;
    private final ProvePassword password;
    private final RecentProof proof;
    private final DeleteAccount deleteAccount;

    Leave(Accounts accounts, WaysIn waysIn, ProvePassword password, RecentProof proof, DeleteAccount deleteAccount) {
        this.accounts = accounts;
        this.waysIn = waysIn;
        this.password = password;
        this.proof = proof;
        this.deleteAccount = deleteAccount;
    }

    public sealed interface Outcome {
        record Gone() implements Outcome {}

        /// There are other members, and nobody else administers.
        record LastAdministrator() implements Outcome {}
    }

    /// @param typed   the password; null where there is none
    /// @param address of the network that asks
    /// @throws BadValue when nobody can have such a password, or there is one and none was typed
    /// @throws picup.platform.ProblemException as [ProvePassword#prove], or `PROOF_NEEDED`
    public Outcome leave(SignedIn signedIn, @Nullable String typed, String address) {
        var member = signedIn.member();
        if (accounts.find(member).isEmpty()) {
            throw ProvePassword.accountGone();
        }
        String hash = proved(signedIn, typed, address);
        return switch (deleteAccount.delete(member, member, hash)) {
            case DELETED -> new Outcome.Gone();
            case LAST_ADMINISTRATOR -> new Outcome.LastAdministrator();
            // deleted or changed by another request while the hash was computed
            case NO_SUCH_ACCOUNT -> throw accounts.find(member).isPresent() ? ProvePassword.wrongPassword() : ProvePassword.accountGone();
        };
    }

    /// The hash of the password; null when there is none, and the session has proved itself.
    private @Nullable String proved(SignedIn signedIn, @Nullable String typed, String address) {
        if (!waysIn.includePassword(signedIn.member())) {
            proof.require(signedIn);
            return null;
        }
        if (typed == null) {
            throw new BadValue("\"password\" is missing.");
        }
        return password.prove(signedIn, typed, address).passwordHash();
    }
}
