package picup.library.upload;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.upload.Upload.State;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Spaces;
import picup.storage.StorageSettings;
import picup.storage.UploadParts;

/// Joins pieces that came side by side into one upload, and finishes that (tus 1.0, Concatenation). The bytes are copied into a file of their own,
/// so that a crash in the middle leaves the pieces as they are: who asks again for the same pieces in the same order gets the
/// same upload, however far it had come.
@Component
public class JoinUploads {
    /// Each costs the client a connection at a time.
    private static final int MOST_PARTS = 64;

    private final Uploads uploads;
    private final Turns turns;
    private final UploadParts parts;
    private final CreateUpload creating;
    private final FinishUpload finishing;
    private final EndUpload ending;
    private final Work work;

    /// What surrounds the rows.
    @Component
    record Work(TransactionTemplate transaction, Spaces spaces, StorageSettings settings, InstantSource clock) {}

    JoinUploads(Uploads uploads, Turns turns, UploadParts parts, CreateUpload creating, FinishUpload finishing, EndUpload ending, Work work) {
        this.uploads = uploads;
        this.turns = turns;
        this.parts = parts;
        this.creating = creating;
        this.finishing = finishing;
        this.ending = ending;
        this.work = work;
    }

    /// @param header `Upload-Metadata` of the whole; null for none
    /// @return done or refused
    /// @throws picup.platform.ProblemException `not-found` also for another's, `bad-value`, `conflict` while a piece is not complete, and as
    ///                                         [CreateUpload#run]
    public Upload run(MemberId owner, List<UUID> ids, @Nullable String header) throws IOException {
        if (ids.isEmpty() || ids.size() > MOST_PARTS || new HashSet<>(ids).size() < ids.size()) {
            throw Problem.BAD_VALUE.because("Upload-Concat must name 1 to %d uploads, each once.".formatted(MOST_PARTS));
        }
        var known = uploads.joinedFrom(owner, ids);
        return again(known.isPresent() ? known.get() : add(owner, ids, header));
    }

    private Upload add(MemberId owner, List<UUID> ids, @Nullable String header) throws IOException {
        var metadata = UploadMetadata.parse(header);
        long sizeBytes = 0;
        for (var id : ids) {
            sizeBytes += requireComplete(uploads.require(owner, id)).offsetBytes();
        }
        creating.requireWelcome(owner, metadata, sizeBytes);
        parts.requireRoom(sizeBytes);
        var whole = new Upload(owner, Ids.next(), State.RECEIVING, sizeBytes, 0, 0, header == null ? "" : header, false, ids, null,
                work.clock().instant().plus(work.settings().uploadExpiry()), null);
        work.transaction().executeWithoutResult(_ -> {
            work.spaces().requireOpen(owner);
            uploads.add(whole);
        });
        return uploads.joinedFrom(owner, ids).orElseThrow();
    }

    private Upload requireComplete(Upload piece) {
        piece.requireOpen(work.clock().instant());
        if (!piece.partial()) {
            throw Problem.BAD_VALUE.because("The upload %s was not announced as a piece (Upload-Concat: partial).".formatted(piece.id()));
        }
        return switch (piece.state()) {
            case RECEIVED -> piece;
            case RECEIVING -> throw Problem.CONFLICT.because("The piece %s is not complete yet. Send the rest of it first.".formatted(piece.id()));
            case JOINED, DONE, REFUSED, EXPIRED -> throw Problem.UPLOAD_OVER.because("The piece %s has become part of another upload.".formatted(piece.id()));
        };
    }

    /// Goes on with one that was begun.
    Upload again(Upload begun) throws IOException {
        try (var _ = turns.take(begun.id())) {
            var whole = uploads.require(begun.owner(), begun.id());
            if (whole.state() == State.RECEIVING || whole.state() == State.EXPIRED) {
                whole = joined(whole.requireOpen(work.clock().instant()));
            }
            return whole.unfinished() ? finishing.run(whole) : whole;
        }
    }

    private Upload joined(Upload whole) throws IOException {
        var pieces = whole.parts().stream().map(id -> requireComplete(uploads.require(whole.owner(), id))).toList();
        try (var part = parts.open(whole.id(), 0).orElseThrow()) {
            for (var piece : pieces) {
                if (piece.offsetBytes() > 0) {
                    parts.join(part, piece.id(), piece.offsetBytes());
                }
            }
        } catch (NoSuchFileException e) {
            return ending.refuse(whole, FinishUpload.lost());
        }
        work.transaction().executeWithoutResult(_ -> take(whole, pieces));
        pieces.forEach(piece -> parts.remove(piece.id()));
        return uploads.require(whole.owner(), whole.id());
    }

    /// With what was reserved for the pieces; so nothing changes for the space.
    private void take(Upload whole, List<Upload> pieces) {
        long sizeBytes = pieces.stream().mapToLong(Upload::offsetBytes).sum();
        long reserved = pieces.stream().mapToLong(Upload::reservedBytes).sum();
        for (var piece : pieces) {
            if (!uploads.end(piece, State.JOINED, null, ending.forgottenAt())) {
                throw Turn.busy();
            }
        }
        if (!uploads.commit(whole, sizeBytes, State.RECEIVED, null, reserved, whole.expiresAt())) {
            throw Turn.busy();
        }
    }
}
