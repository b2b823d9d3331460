package picup.library.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import picup.library.PicturesRemoved;
import picup.media.EditedRenditions;
import picup.platform.MemberId;
import picup.storage.Belongings;

/// Removes the files of edits that nobody will see again: after the commit, as until then they may be asked for. What a crash leaves
/// in between is swept by [SweepEdits].
@Component
class RemoveEdits implements Belongings {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveEdits.class);

    private final EditedRenditions renditions;

    RemoveEdits(EditedRenditions renditions) {
        this.renditions = renditions;
    }

    private interface Removal {
        void run() throws IOException;
    }

    /// Those with smaller numbers, when the surrounding transaction has committed.
    void before(MemberId owner, UUID picture, int number) {
        afterCommit(() -> renditions.removeBefore(owner, picture, number));
    }

    @EventListener
    void on(PicturesRemoved removed) {
        afterCommit(() -> {
            for (var picture : removed.pictures()) {
                renditions.remove(removed.owner(), picture);
            }
        });
    }

    private static void afterCommit(Removal removal) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    removal.run();
                } catch (IOException e) {
                    LOG.warn("Renditions of former edits stay until they are swept", e);
                }
            }
        });
    }

    /// All of a member who is gone away, whose rows know nothing of the files any more.
    @Override
    public int removeSome(MemberId owner, int most) {
        removeAll(owner);
        return 0;
    }

    void removeAll(MemberId owner) {
        try {
            renditions.removeAll(owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<MemberId> leftOf(Collection<MemberId> owners) {
        return owners.stream().filter(renditions::hasSome).toList();
    }
}
