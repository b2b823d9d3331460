package picup.library.upload;

import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.library.KnownKind;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.UploadParts;

/// The bytes of one request on their way to the disk.
///
/// A chunk with a checksum is taken whole or not at all. Without, what has arrived is kept when the connection breaks off or a newer one
/// takes over; only a chunk that turns out to be too long is taken back, so no part of one whose length nobody knows is committed before its end.
final class Arrival {
    /// As many as an upload by a form takes: UploadSlots counts on it.
    private static final int BUFFER_BYTES = 256 * 1024;

    /// What a crash may cost a client, and what a flush brings to disk at once: a fraction of a second.
    private static final long COMMIT_BYTES = 16L << 20;

    /// Makes an offset stand. The bytes before it are flushed.
    interface Committing {
        Upload commit(Upload upload, long offsetBytes, @Nullable FileKind kind);
    }

    private final Chunk chunk;
    private final long mostBytes;
    private final UploadParts.Part part;
    private final Turn turn;
    private final Committing committing;
    private final @Nullable MessageDigest checksum;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private Upload upload;
    private @Nullable FileKind kind;
    private boolean spoiled;
    private boolean refused;

    /// @param mostBytes the offset that it must not go beyond
    Arrival(Upload upload, Chunk chunk, long mostBytes, UploadParts.Part part, Turn turn, Committing committing) {
        this.upload = upload;
        this.kind = upload.kind();
        this.chunk = chunk;
        this.mostBytes = mostBytes;
        this.part = part;
        this.turn = turn;
        this.committing = committing;
        this.checksum = chunk.checksum() == null ? null : chunk.checksum().begin();
    }

    /// @return the upload with all of the chunk
    /// @throws ProblemException `too-large`, `checksum-mismatch`, `storage-full`: as if the chunk had not come; `not-a-picture`; why the
    ///                          turn is over
    Upload receive() throws IOException {
        for (boolean more = true; more; ) {
            more = fill();
            write();
            if (part.sizeBytes() > mostBytes) {
                throw spoiled(tooLong(mostBytes));
            }
            if (checksum == null) {
                decideKind();
                if (chunk.lengthBytes() != null && part.sizeBytes() - upload.offsetBytes() >= COMMIT_BYTES) {
                    commit();
                }
            }
        }
        if (chunk.lengthBytes() != null && part.sizeBytes() < chunk.offsetBytes() + chunk.lengthBytes()) {
            throw new EOFException("The client announced more than it sent");
        }
        if (checksum != null && !chunk.checksum().isOf(checksum)) {
            throw spoiled(Problem.CHECKSUM_MISMATCH.because("The bytes of this request do not have the checksum that it announced. None were taken; send them again."));
        }
        decideKind();
        commit();
        return upload;
    }

    static ProblemException tooLong(long mostBytes) {
        return Problem.TOO_LARGE.because("The upload ends at %,d bytes, and this goes on behind that. None of it was taken.".formatted(mostBytes));
    }

    /// When the turn is over, whoever ended it.
    void keep() throws IOException {
        try (part) {
            if (spoiled || checksum != null) {
                part.rollBack();
                return;
            }
            write();
            if (part.sizeBytes() > mostBytes) {
                part.rollBack();
            } else if (part.sizeBytes() > upload.offsetBytes()) {
                commit();
            }
        }
    }

    /// @return false at the end
    private boolean fill() throws IOException {
        while (filled < buffer.length) {
            int read = turn.read(chunk.bytes(), buffer, filled, buffer.length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    /// The buffer is empty afterwards, also when the disk takes only some of it: what stands behind the part's size is cut off.
    private void write() throws IOException {
        int length = filled;
        filled = 0;
        if (length > 0) {
            part.append(buffer, length);
            if (checksum != null) {
                checksum.update(buffer, 0, length);
            }
        }
    }

    private void decideKind() throws IOException {
        boolean enough = part.sizeBytes() >= FileKind.HEAD_BYTES || upload.sizeBytes() != null && part.sizeBytes() == upload.sizeBytes();
        if (kind != null || upload.partial() || !enough) {
            return;
        }
        try {
            kind = KnownKind.of(part.head(FileKind.HEAD_BYTES));
            FinishUpload.requireFits(kind, upload.sizeBytes() == null ? part.sizeBytes() : upload.sizeBytes());
        } catch (ProblemException notTaken) {
            refused = true;
            throw spoiled(notTaken);
        }
    }

    /// No further bytes would make it something that is taken.
    boolean isRefused() {
        return refused;
    }

    private ProblemException spoiled(ProblemException reason) {
        spoiled = true;
        return reason;
    }

    private void commit() throws IOException {
        part.sync();
        upload = committing.commit(upload, part.sizeBytes(), kind);
    }
}
