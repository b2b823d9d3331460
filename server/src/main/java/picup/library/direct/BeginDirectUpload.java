package picup.library.direct;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.NoSpace;
import picup.library.Pictures;
import picup.library.direct.DirectUpload.Announced;
import picup.library.direct.DirectUpload.State;
import picup.library.upload.Upload.End;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.DirectParts;
import picup.storage.Ledger;
import picup.storage.Spaces;
import picup.storage.StorageSettings;

/// Begins an upload to the bucket: refuses early what would be refused at the end, and reserves the space. The row is there before the bucket knows
/// anything, so that nothing in the bucket is without one.
@Component
public class BeginDirectUpload {
    /// Twice the least that the protocol allows, three seconds of a line of 100 Mbit/s; what a cut costs at most of each part that is on its way.
    public static final long PART_BYTES = 32L << 20;

    /// S3, "Multipart upload limits".
    static final int MOST_PARTS = 10_000;

    /// Of one member, as of those that go through the server.
    static final int MOST_OPEN = 256;

    private final DirectParts parts;
    private final DirectUploads uploads;
    private final Pictures pictures;
    private final Ledger ledger;
    private final EndDirectUpload ending;
    private final Room room;

    /// What is asked of the space.
    @Component
    record Room(Spaces spaces, StorageSettings settings, TransactionTemplate transaction, InstantSource clock) {
        Instant expiresAt() {
            return clock.instant().plus(settings.uploadExpiry());
        }
    }

    BeginDirectUpload(DirectParts parts, DirectUploads uploads, Pictures pictures, Ledger ledger, EndDirectUpload ending, Room room) {
        this.parts = parts;
        this.uploads = uploads;
        this.pictures = pictures;
        this.ledger = ledger;
        this.ending = ending;
        this.room = room;
    }

    /// @throws ProblemException `direct-uploads-unavailable`, `bad-value`, `too-large`, `not-a-picture` when it is empty, `deleted-before`,
    ///                          `over-quota`, `too-many-uploads`, `suspended`
    public DirectUpload run(MemberId owner, Announced file) throws IOException {
        parts.requireAvailable();
        requirePlausible(file);
        file.words();
        var there = alreadyThere(owner, file);
        if (there.isPresent()) {
            return added(new DirectUpload(owner, Ids.next(), State.DONE, file, 0, null, ending.forgottenAt(), there.get()));
        }
        if (!file.force() && pictures.deletedForGood(owner, file.sha256())) {
            throw deletedBefore();
        }
        return inBucket(added(new DirectUpload(owner, Ids.next(), State.RECEIVING, file, file.sizeBytes(), null, room.expiresAt(), null)));
    }

    private void requirePlausible(Announced file) {
        long mostBytes = Math.min(room.settings().largestFile().toBytes(), MOST_PARTS * PART_BYTES);
        if (file.sizeBytes() > mostBytes) {
            throw Problem.TOO_LARGE.because("A file may have %,d bytes at most.".formatted(mostBytes));
        }
        if (file.sizeBytes() < 1) {
            throw Problem.NOT_A_PICTURE.because("The file is empty.");
        }
        long count = (file.sizeBytes() + PART_BYTES - 1) / PART_BYTES;
        if (file.partSha256().size() != count) {
            throw Problem.BAD_VALUE.because("A file of %,d bytes has %,d parts of %,d bytes, the last one shorter; partSha256 must have as many digests, but has %,d."
                    .formatted(file.sizeBytes(), count, PART_BYTES, file.partSha256().size()));
        }
    }

    private Optional<End.Done> alreadyThere(MemberId owner, Announced file) throws IOException {
        var known = pictures.find(owner, file.sha256());
        return known.isPresent() && ledger.has(file.sha256(), file.sizeBytes())
                ? Optional.of(new End.Done("already-there", known.get().id(), known.get().trashed())) : Optional.empty();
    }

    static ProblemException deletedBefore() {
        return Problem.DELETED_BEFORE.because("You deleted this picture for good. To bring it back, send it again with `force`.");
    }

    private DirectUpload added(DirectUpload upload) {
        room.transaction().executeWithoutResult(_ -> {
            if (upload.open()) {
                reserve(upload);
            } else {
                room.spaces().requireOpen(upload.owner());
            }
            uploads.add(upload);
        });
        return upload;
    }

    private void reserve(DirectUpload upload) {
        if (room.spaces().reserve(upload.owner(), upload.reservedBytes()) instanceof Spaces.Charge.OverQuota over) {
            throw NoSpace.lacking(over.missingBytes());
        }
        if (uploads.countOpen(upload.owner()) >= MOST_OPEN) {
            throw Problem.TOO_MANY_UPLOADS.because("At most %d uploads of one member can be open. Finish or end some first.".formatted(MOST_OPEN))
                    .with("retryAfterSeconds", 60);
        }
    }

    private DirectUpload inBucket(DirectUpload upload) throws IOException {
        boolean noted = false;
        try {
            noted = uploads.note(upload, parts.begin(upload.id()));
        } finally {
            if (!noted) {
                ending.forget(upload); // nobody has been told of it
            }
        }
        return uploads.require(upload.owner(), upload.id());
    }
}
