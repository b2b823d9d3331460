package picup.member.passkey;

import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes the [RelyingParty] when it is first needed: it brings a few hundred classes. One is kept, because an instance has one
/// address; on a developer's machine the port may change, which costs a new one.
@Component
class RelyingParties {
    private final Passkeys passkeys;
    private final InstantSource clock;
    private volatile @Nullable AtOrigin last;

    private record AtOrigin(URI origin, RelyingParty party) {}

    RelyingParties(Passkeys passkeys, InstantSource clock) {
        this.passkeys = passkeys;
        this.clock = clock;
    }

    RelyingParty at(URI origin) {
        var known = last;
        if (known == null || !known.origin.equals(origin)) {
            known = new AtOrigin(origin, new RelyingParty(origin, passkeys, clock));
            last = known;
        }
        return known.party;
    }
}
