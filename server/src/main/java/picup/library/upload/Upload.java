package picup.library.upload;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// A file that comes in pieces: a row of `storage.upload`.
///
/// @param sizeBytes     null until the client knows
/// @param offsetBytes   what has come and is safe from a crash
/// @param reservedBytes of the space
/// @param header        its `Upload-Metadata`, as the client wrote it
/// @param partial       a piece that is to be joined with others
/// @param parts         those it was joined from, in their order; empty for none
/// @param kind          null until enough has come to tell
/// @param expiresAt     when it ends if nothing comes; of one that has ended, when it is forgotten
/// @param end           null while it goes on
public record Upload(MemberId owner, UUID id, State state, @Nullable Long sizeBytes, long offsetBytes, long reservedBytes, String header, boolean partial,
        List<UUID> parts, @Nullable FileKind kind, Instant expiresAt, @Nullable End end) {
    public enum State {
        RECEIVING,
        /// Every byte is there, and from now on none changes. One that is no piece is about to become an original.
        RECEIVED,
        /// Has become a part of another.
        JOINED, DONE, REFUSED, EXPIRED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public sealed interface End {
        /// @param outcome `added`, `already-there`, `sidecar`
        /// @param picture of a sidecar, the picture it belongs to; null while it waits for that
        /// @param trashed whether the picture that was there already lies in the trash
        record Done(String outcome, @Nullable UUID picture, boolean trashed) implements End {}

        record Refused(Problem problem, String detail) implements End {}

        /// Of a row that says `outcome`, `picture_id` and `trashed`, or `problem` and `detail`.
        ///
        /// @return null while it goes on
        static @Nullable End of(ResultSet row) throws SQLException {
            var outcome = row.getString("outcome");
            if (outcome != null) {
                return new Done(outcome, row.getObject("picture_id", UUID.class), row.getBoolean("trashed"));
            }
            var problem = row.getString("problem");
            return problem == null ? null : new Refused(Problem.valueOf(problem.toUpperCase(Locale.ROOT).replace('-', '_')), row.getString("detail"));
        }
    }

    public boolean open() {
        return state == State.RECEIVING || state == State.RECEIVED;
    }

    UploadMetadata metadata() {
        return UploadMetadata.parse(header);
    }

    boolean complete() {
        return sizeBytes != null && offsetBytes == sizeBytes;
    }

    /// Every byte is there, but no picture has been made of them: the process ended in between, or a store was away.
    boolean unfinished() {
        return state == State.RECEIVED && !partial;
    }

    /// @return this, which is not over
    /// @throws ProblemException `upload-over`
    Upload requireOpen(Instant now) {
        if (state == State.EXPIRED || open() && !expiresAt.isAfter(now)) {
            throw Problem.UPLOAD_OVER.because("This upload has expired, because nothing came for too long. Begin anew.");
        }
        if (state == State.REFUSED) {
            throw Problem.UPLOAD_OVER.because("This upload was refused and has ended; GET /api/uploads/%s says why.".formatted(id));
        }
        return this;
    }
}
