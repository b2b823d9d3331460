package picup.library.upload;

import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.library.NoSpace;
import picup.library.upload.Upload.State;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Spaces;
import picup.storage.StorageSettings;
import picup.storage.UploadParts;

/// Takes the next bytes of an upload in, and finishes it with the last.
///
/// The offset stands in the database, and moves only when the bytes before it are flushed. A chunk that begins anywhere else changes nothing:
/// one that is repeated, out of order, or sent by two connections at once.
@Component
public class ReceiveChunk {
    private final Uploads uploads;
    private final Turns turns;
    private final UploadParts parts;
    private final FinishUpload finishing;
    private final EndUpload ending;
    private final StorageSettings settings;
    private final Work work;

    /// The transaction in which an offset moves.
    @Component
    record Work(TransactionTemplate transaction, Spaces spaces, InstantSource clock) {}

    ReceiveChunk(Uploads uploads, Turns turns, UploadParts parts, FinishUpload finishing, EndUpload ending, StorageSettings settings, Work work) {
        this.uploads = uploads;
        this.turns = turns;
        this.parts = parts;
        this.finishing = finishing;
        this.ending = ending;
        this.settings = settings;
        this.work = work;
    }

    /// @return the upload after it; done or refused when this was the last chunk
    /// @throws ProblemException `not-found`, `upload-over`, `forbidden`, `wrong-offset`, `upload-busy`, `over-quota` where the size was not known
    ///                          before, and as [Arrival#receive]
    public Upload run(MemberId owner, UUID id, Chunk chunk) throws IOException {
        requireOffset(open(owner, id), chunk, false);
        try (var turn = turns.take(id)) {
            var upload = open(owner, id);
            requireOffset(upload, chunk, true);
            if (upload.state() != State.RECEIVING) {
                requireEmpty(upload, chunk);
                return upload.unfinished() ? finishing.run(upload) : upload;
            }
            var received = receive(sized(upload, chunk), chunk, turn);
            return received.unfinished() ? finishing.run(received) : received;
        }
    }

    private Upload open(MemberId owner, UUID id) {
        var upload = uploads.require(owner, id).requireOpen(work.clock().instant());
        if (!upload.parts().isEmpty()) {
            throw Problem.FORBIDDEN.because("This upload was joined from others, and takes no bytes of its own.");
        }
        return upload;
    }

    /// @param standing false while another request may be moving the offset on: then only what is behind it is surely wrong
    private static void requireOffset(Upload upload, Chunk chunk, boolean standing) {
        if (chunk.offsetBytes() < upload.offsetBytes() || standing && chunk.offsetBytes() != upload.offsetBytes()) {
            throw Problem.WRONG_OFFSET.because("The upload is at %,d bytes, but this belongs to %,d. Nothing was taken; ask for the offset and go on from there."
                    .formatted(upload.offsetBytes(), chunk.offsetBytes())).with("offsetBytes", upload.offsetBytes());
        }
    }

    private static void requireEmpty(Upload upload, Chunk chunk) {
        if (chunk.lengthBytes() == null || chunk.lengthBytes() > 0) {
            throw Arrival.tooLong(upload.offsetBytes());
        }
    }

    /// Of one whose client did not know its size and does now.
    private Upload sized(Upload upload, Chunk chunk) {
        Long sizeBytes = chunk.uploadSizeBytes();
        if (sizeBytes == null || sizeBytes.equals(upload.sizeBytes())) {
            return upload;
        }
        if (upload.sizeBytes() != null || sizeBytes < upload.offsetBytes()) {
            throw Problem.BAD_VALUE.because("Upload-Length cannot be %,d: it is %s, and %,d bytes have come.".formatted(sizeBytes,
                    upload.sizeBytes() == null ? "not known" : "%,d already".formatted(upload.sizeBytes()), upload.offsetBytes()));
        }
        if (sizeBytes > settings.largestFile().toBytes()) {
            throw Arrival.tooLong(settings.largestFile().toBytes());
        }
        work.transaction().executeWithoutResult(_ -> {
            long reserved = Math.max(upload.reservedBytes(), sizeBytes);
            reserve(upload, reserved);
            if (!uploads.setSize(upload, sizeBytes, reserved)) {
                throw Turn.busy();
            }
        });
        return uploads.require(upload.owner(), upload.id());
    }

    private Upload receive(Upload upload, Chunk chunk, Turn turn) throws IOException {
        long mostBytes = upload.sizeBytes() == null ? settings.largestFile().toBytes() : upload.sizeBytes();
        if (chunk.lengthBytes() != null && chunk.lengthBytes() > mostBytes - upload.offsetBytes()) {
            throw Arrival.tooLong(mostBytes);
        }
        var part = parts.open(upload.id(), upload.offsetBytes()).orElse(null);
        if (part == null) {
            ending.refuse(upload, FinishUpload.lost());
            throw FinishUpload.lost();
        }
        var arrival = new Arrival(upload, chunk, mostBytes, part, turn, this::commit);
        turn.keepAtTheEnd(arrival::keep);
        try {
            var received = arrival.receive();
            turn.keepAtTheEnd(part::close);
            part.close();
            return received;
        } catch (ProblemException e) {
            if (arrival.isRefused()) {
                turn.keepAtTheEnd(part::close);
                ending.refuse(upload, e);
            }
            throw e;
        }
    }

    private Upload commit(Upload upload, long offsetBytes, @Nullable FileKind kind) {
        boolean whole = upload.sizeBytes() != null && upload.sizeBytes() == offsetBytes;
        long reserved = Math.max(upload.reservedBytes(), offsetBytes);
        work.transaction().executeWithoutResult(_ -> {
            reserve(upload, reserved);
            var expiresAt = work.clock().instant().plus(settings.uploadExpiry());
            if (!uploads.commit(upload, offsetBytes, whole ? State.RECEIVED : State.RECEIVING, kind, reserved, expiresAt)) {
                throw Turn.busy();
            }
        });
        return uploads.require(upload.owner(), upload.id());
    }

    private void reserve(Upload upload, long reservedBytes) {
        long more = reservedBytes - upload.reservedBytes();
        if (more == 0) {
            work.spaces().requireOpen(upload.owner());
        } else if (work.spaces().reserve(upload.owner(), more) instanceof Spaces.Charge.OverQuota over) {
            throw NoSpace.lacking(over.missingBytes());
        }
    }
}
