package picup.library;

import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import picup.library.album.AlbumChanged;
import picup.platform.news.Neighbours;

/// Tells other processes what changed: the browsers that want to know may be connected there.
@Component
class TellNeighbours {
    private final Neighbours neighbours;

    TellNeighbours(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(LibraryChanged change) {
        neighbours.tell(LibraryChanged.TOPIC, change);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(AlbumChanged change) {
        neighbours.tell(AlbumChanged.TOPIC, change);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(WorkChanged change) {
        neighbours.tell(WorkChanged.TOPIC, change);
    }
}
