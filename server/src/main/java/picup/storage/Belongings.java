package picup.storage;

import java.util.Collection;
import java.util.List;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;

/// What a module keeps for a member beside the space, and gives up when the space is closed. Every module of the storage
/// side that has a table with owners has one of these.
public interface Belongings {
    /// Removes some, in the surrounding transaction. Called again until it says 0, and after a crash from the start.
    ///
    /// @param most rows that may be locked at once
    /// @return how many rows went
    @Transactional(propagation = Propagation.MANDATORY)
    int removeSome(MemberId owner, int most);

    /// Those of `owners` of whom something is here.
    List<MemberId> leftOf(Collection<MemberId> owners);
}
