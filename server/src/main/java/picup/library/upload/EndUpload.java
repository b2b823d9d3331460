package picup.library.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;
import picup.platform.ProblemException;
import picup.storage.Spaces;
import picup.storage.UploadParts;

/// The ends of an upload but that of a picture: its owner does not want it, it is refused, it has expired. The space that was reserved is given
/// back with the row, and the bytes go after that; bytes that a crash leaves are no open upload's, so the sweep removes them.
@Component
public class EndUpload {
    /// For whoever lost the last answer; as long as one that was broken off can be resumed by default.
    static final Duration REMEMBERED = Duration.ofDays(1);

    private final Uploads uploads;
    private final Turns turns;
    private final Spaces spaces;
    private final UploadParts parts;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    EndUpload(Uploads uploads, Turns turns, Spaces spaces, UploadParts parts, TransactionTemplate transaction, InstantSource clock) {
        this.uploads = uploads;
        this.turns = turns;
        this.spaces = spaces;
        this.parts = parts;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Its owner does not want it (tus 1.0, Termination). Of one that is done, the picture stays.
    ///
    /// @throws ProblemException `not-found`, `upload-busy`
    public void run(MemberId owner, UUID id) throws IOException {
        uploads.require(owner, id);
        try (var _ = turns.take(id)) {
            var upload = uploads.require(owner, id);
            transaction.executeWithoutResult(_ -> {
                spaces.requireOpen(owner);
                if (!uploads.remove(upload)) {
                    throw Turn.busy();
                }
                spaces.giveBack(owner, upload.reservedBytes());
            });
            parts.remove(id);
        }
    }

    /// In the caller's turn.
    ///
    /// @return as it is now
    Upload refuse(Upload upload, ProblemException because) {
        return end(upload, Upload.State.REFUSED, new Upload.End.Refused(because.problem(), String.valueOf(because.getMessage())));
    }

    /// It has become something without a charge. In the caller's turn.
    Upload done(Upload upload, Upload.End.Done done) {
        return end(upload, Upload.State.DONE, done);
    }

    /// @return false when it goes on after all, or somebody writes to it just now
    boolean expire(Upload upload) throws IOException {
        try (var _ = turns.take(upload.id())) {
            var now = uploads.find(upload.owner(), upload.id());
            boolean over = now.isPresent() && now.get().open() && !now.get().expiresAt().isAfter(clock.instant());
            if (over) {
                end(now.get(), Upload.State.EXPIRED, null);
            }
            return over;
        } catch (ProblemException busy) {
            return false;
        }
    }

    private Upload end(Upload upload, Upload.State state, Upload.@Nullable End end) {
        transaction.executeWithoutResult(_ -> {
            if (!uploads.end(upload, state, end, forgottenAt())) {
                throw Turn.busy();
            }
            spaces.giveBack(upload.owner(), upload.reservedBytes());
        });
        parts.remove(upload.id());
        return uploads.require(upload.owner(), upload.id());
    }

    Instant forgottenAt() {
        return clock.instant().plus(REMEMBERED);
    }
}
