package picup.library;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.storage.Digest;
import picup.storage.Ledger;

/// Says which files need no upload, before anybody sends them. Looks at the caller's own pictures alone: that somebody else has the same file
/// is nobody's business.
@Component
public class CheckDigests {
    /// @param known          a picture of the library or its trash, whose bytes are not known to be damaged: those are to be sent again
    /// @param deletedForGood taken only by force
    public record Answer(List<Pictures.Known> known, List<Digest> deletedForGood) {}

    private final Pictures pictures;
    private final Ledger ledger;

    CheckDigests(Pictures pictures, Ledger ledger) {
        this.pictures = pictures;
        this.ledger = ledger;
    }

    public Answer run(MemberId owner, Set<Digest> digests) {
        var known = pictures.known(owner, digests);
        var sound = ledger.soundAmong(Set.copyOf(known.stream().map(Pictures.Known::digest).toList()));
        var healthy = known.stream().filter(each -> sound.contains(each.digest())).toList();
        var others = new HashSet<>(digests);
        known.forEach(each -> others.remove(each.digest()));
        return new Answer(healthy, pictures.deletedForGood(owner, others));
    }
}
