package picup.library.direct;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.direct.DirectUpload.State;
import picup.library.upload.Upload.End;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Spaces;
import picup.storage.UploadParts;

/// The ends of a direct upload but that of a picture: its owner does not want it, it is refused, it has expired. The space is given back with the
/// row, and what is in the bucket is removed by the job that comes with that.
@Component
public class EndDirectUpload {
    /// For whoever lost the last answer.
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final DirectUploads uploads;
    private final UploadParts locks;
    private final Spaces spaces;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    EndDirectUpload(DirectUploads uploads, UploadParts locks, Spaces spaces, TransactionTemplate transaction, InstantSource clock) {
        this.uploads = uploads;
        this.locks = locks;
        this.spaces = spaces;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Its owner does not want it. Of one that is done, the picture stays.
    ///
    /// @throws ProblemException `not-found`, `upload-busy`
    public void run(MemberId owner, UUID id) throws IOException {
        uploads.require(owner, id);
        try (var _ = turn(id)) {
            var upload = uploads.require(owner, id);
            transaction.executeWithoutResult(_ -> {
                spaces.requireOpen(owner);
                if (!uploads.remove(upload)) {
                    throw busy();
                }
                spaces.giveBack(owner, upload.reservedBytes());
            });
        }
    }

    /// Excludes every other that completes or ends it, in all processes. A killed process has no turn.
    ///
    /// @throws ProblemException `upload-busy`
    Closeable turn(UUID id) throws IOException {
        return locks.lock(id).orElseThrow(EndDirectUpload::busy);
    }

    static ProblemException busy() {
        return Problem.UPLOAD_BUSY.because("Another request completes or ends this upload. Ask again shortly what became of it.").with("retryAfterSeconds", 2);
    }

    void forget(DirectUpload upload) {
        transaction.executeWithoutResult(_ -> {
            if (uploads.remove(upload)) {
                spaces.giveBack(upload.owner(), upload.reservedBytes());
            }
        });
    }

    /// In the caller's turn.
    ///
    /// @return why, for the caller to throw
    ProblemException refuse(DirectUpload upload, ProblemException because) {
        end(upload, State.REFUSED, new End.Refused(because.problem(), String.valueOf(because.getMessage())));
        return because;
    }

    /// It has become something without a charge. In the caller's turn.
    void done(DirectUpload upload, End.Done done) {
        end(upload, State.DONE, done);
    }

    private void end(DirectUpload upload, State state, End end) {
        transaction.executeWithoutResult(_ -> {
            if (!uploads.end(upload, state, end, forgottenAt())) {
                throw busy();
            }
            spaces.giveBack(upload.owner(), upload.reservedBytes());
        });
    }

    /// @return false when its client came back after all, or somebody completes it just now
    boolean expire(DirectUpload upload) throws IOException {
        try (var _ = turn(upload.id())) {
            return Boolean.TRUE.equals(transaction.execute(_ -> {
                var now = uploads.find(upload.owner(), upload.id());
                boolean over = now.isPresent() && now.get().open() && !now.get().expiresAt().isAfter(clock.instant())
                        && uploads.end(now.get(), State.EXPIRED, null, forgottenAt());
                if (over) {
                    spaces.giveBack(upload.owner(), now.get().reservedBytes());
                }
                return over;
            }));
        } catch (ProblemException busy) {
            return false;
        }
    }

    Instant forgottenAt() {
        return clock.instant().plus(REMEMBERED);
    }
}
