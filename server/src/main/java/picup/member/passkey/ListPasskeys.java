package picup.member.passkey;

import java.util.List;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Shows members their passkeys.
@Component
public class ListPasskeys {
    private final Passkeys passkeys;

    ListPasskeys(Passkeys passkeys) {
        this.passkeys = passkeys;
    }

    /// Oldest first. Never more than a member may have, so there are no pages.
    public List<Passkey> of(MemberId member) {
        return passkeys.of(member);
    }
}
