package picup.library.upload;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.UploadParts;

/// Who writes to which upload: one at a time, in all processes. In this one the newest; one that another process writes to is refused until
/// that is done or has waited for its client for too long.
@Component
class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Map<UUID, Turn> current = new ConcurrentHashMap<>();
    private final UploadParts parts;
    private volatile boolean draining;

    Turns(UploadParts parts) {
        this.parts = parts;
    }

    /// The caller's turn, until it closes that. It is over for whoever had it.
    ///
    /// @throws ProblemException `upload-busy`; `overloaded` when this process is about to end
    Turn take(UUID id) throws IOException {
        while (true) {
            if (draining) {
                throw leaving();
            }
            var turn = new Turn(over -> current.remove(id, over));
            var other = current.putIfAbsent(id, turn);
            if (other != null) {
                other.end(Problem.UPLOAD_BUSY.because("A newer request writes to this upload now."));
                continue;
            }
            try {
                turn.excludes(parts.lock(id).orElseThrow(Turn::busy));
                return turn;
            } catch (IOException | RuntimeException e) {
                turn.close();
                throw e;
            }
        }
    }

    /// Ends the turn of whoever writes in this process, so that the offset stands.
    ///
    /// @throws ProblemException `upload-busy`
    void end(UUID id) throws IOException {
        var turn = current.get(id);
        if (turn != null) {
            turn.end(Problem.UPLOAD_BUSY.because("A newer request asked for the offset of this upload, so this one was ended. What had arrived was kept."));
        }
    }

    /// Before the server waits for its requests to end: those that wait for a client's next bytes would take too long, so
    /// what has arrived is kept now, and the client goes on with whoever answers then.
    @EventListener(ContextClosedEvent.class)
    void drain() {
        draining = true;
        for (var turn : current.values()) {
            try {
                turn.end(leaving());
            } catch (IOException | RuntimeException e) {
                LOG.warn("An upload could not be ended before its time; what was not committed will be sent again", e);
            }
        }
    }

    private static ProblemException leaving() {
        return Problem.OVERLOADED.because("This server is about to stop. What had arrived is kept; ask for the offset and go on shortly.").with("retryAfterSeconds", 2);
    }
}
