package picup.storage;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import picup.platform.MemberId;

/// What a module has reserved of spaces, by [Spaces#reserve]. Every module that does has one of these, so that the reconcile can add up.
public interface Reserving {
    /// The sum of what is reserved of this space, as the surrounding transaction sees it.
    @Transactional(propagation = Propagation.MANDATORY)
    long reservedBytes(MemberId owner);
}
