package picup.library.sidecar;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Items;
import picup.platform.MemberId;
import picup.storage.Ledger;
import picup.storage.Spaces;

/// Removes a sidecar for good, which a person does with one that waits in vain. What a picture learnt from it stays until
/// the picture's file is read again.
@Component
public class RemoveSidecar {
    private final Spaces spaces;
    private final Items items;
    private final Sidecars sidecars;
    private final Ledger ledger;

    RemoveSidecar(Spaces spaces, Items items, Sidecars sidecars, Ledger ledger) {
        this.spaces = spaces;
        this.items = items;
        this.sidecars = sidecars;
        this.ledger = ledger;
    }

    /// @throws picup.platform.ProblemException `not-found`, also for another's
    @Transactional
    public void run(MemberId owner, UUID id) {
        items.lock(owner);
        spaces.requireOpen(owner);
        sidecars.require(owner, id);
        ledger.release(owner, sidecars.remove(owner, List.of(id)));
    }
}
