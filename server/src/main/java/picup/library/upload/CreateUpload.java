package picup.library.upload;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.KnownKind;
import picup.library.NoSpace;
import picup.library.Pictures;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Spaces;
import picup.storage.StorageSettings;
import picup.storage.UploadParts;

/// Begins an upload: refuses early what would be refused at the end, and reserves the space, so that who may begin may also finish.
@Component
public class CreateUpload {
    /// Of one member. A browser sends six at a time in four pieces each, the importer four; what was broken off stays for a day.
    static final int MOST_OPEN = 256;

    /// @param sizeBytes null when the client will say later
    /// @param header    `Upload-Metadata`; null for none
    /// @param partial   a piece that is to be joined with others
    public record Wish(@Nullable Long sizeBytes, @Nullable String header, boolean partial) {}

    private final Uploads uploads;
    private final Pictures pictures;
    private final Spaces spaces;
    private final UploadParts parts;
    private final StorageSettings settings;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    CreateUpload(Uploads uploads, Pictures pictures, Spaces spaces, UploadParts parts, StorageSettings settings, TransactionTemplate transaction, InstantSource clock) {
        this.uploads = uploads;
        this.pictures = pictures;
        this.spaces = spaces;
        this.parts = parts;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @throws ProblemException `bad-value`, `too-large`, `not-a-picture` when it is empty, `deleted-before`, `over-quota`,
    ///                          `storage-full`, `too-many-uploads`
    public Upload run(MemberId owner, Wish wish) throws IOException {
        var metadata = UploadMetadata.parse(wish.header());
        long sizeBytes = wish.sizeBytes() == null ? 0 : wish.sizeBytes();
        requireWelcome(owner, metadata, sizeBytes);
        boolean empty = wish.sizeBytes() != null && sizeBytes == 0;
        if (empty && !wish.partial()) {
            KnownKind.of(new byte[0]);
        }
        parts.requireRoom(sizeBytes);
        var upload = new Upload(owner, Ids.next(), empty ? Upload.State.RECEIVED : Upload.State.RECEIVING, wish.sizeBytes(), 0, sizeBytes,
                wish.header() == null ? "" : wish.header(), wish.partial(), List.of(), null, clock.instant().plus(settings.uploadExpiry()), null);
        transaction.executeWithoutResult(_ -> add(upload));
        return upload;
    }

    /// What can be said before a byte has come.
    void requireWelcome(MemberId owner, UploadMetadata metadata, long sizeBytes) {
        if (sizeBytes > settings.largestFile().toBytes()) {
            throw Problem.TOO_LARGE.because("A file may have %,d bytes at most.".formatted(settings.largestFile().toBytes()));
        }
        if (metadata.sha256() != null && !metadata.force() && pictures.deletedForGood(owner, metadata.sha256())) {
            throw deletedBefore();
        }
    }

    private void add(Upload upload) {
        if (spaces.reserve(upload.owner(), upload.reservedBytes()) instanceof Spaces.Charge.OverQuota over) {
            throw NoSpace.lacking(over.missingBytes());
        }
        requireFew(upload.owner());
        uploads.add(upload);
    }

    void requireFew(MemberId owner) {
        if (uploads.countOpen(owner) >= MOST_OPEN) {
            throw Problem.TOO_MANY_UPLOADS.because("At most %d uploads of one member can be open. Finish or end some first; GET /api/uploads lists them.".formatted(MOST_OPEN))
                    .with("retryAfterSeconds", 60);
        }
    }

    static ProblemException deletedBefore() {
        return Problem.DELETED_BEFORE.because("You deleted this picture for good. To bring it back, send it again with `force` in its metadata.");
    }
}
