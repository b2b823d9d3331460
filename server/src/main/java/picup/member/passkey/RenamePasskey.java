package picup.member.passkey;

import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;

/// Lets members call a passkey by a name that tells them where it is.
@Component
public class RenamePasskey {
    private final Passkeys passkeys;

    RenamePasskey(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    /// @throws picup.platform.BadValue when the name breaks a rule
    /// @throws picup.platform.ProblemException `NOT_FOUND` when the member has no such passkey
    public Passkey rename(MemberId member, UUID passkey, String name) {
        return passkeys.rename(member, passkey, PasskeyName.of(name))
                .orElseThrow(() -> Problem.NOT_FOUND.because("You have no such passkey, or not any more."));
    }
}
