package picup.library.direct;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.DirectParts;
import picup.storage.DirectParts.Address;
import picup.storage.DirectParts.Part;

/// Says which parts the bucket does not have yet, and where each is to be sent: at the beginning, and to whoever goes on after a cut. Who
/// asks is back, so the upload expires later.
@Component
public class AddressParts {
    /// A part takes seconds. The rest of a large file on a slow line is asked for anew, which also tells what has come.
    private static final Duration VALID = Duration.ofHours(6);

    /// @param missing none of one that has ended, or was joined
    public record Addressed(DirectUpload upload, List<Address> missing) {}

    private final DirectParts parts;
    private final DirectUploads uploads;
    private final BeginDirectUpload.Room room;

    AddressParts(DirectParts parts, DirectUploads uploads, BeginDirectUpload.Room room) {
        this.parts = parts;
        this.uploads = uploads;
        this.room = room;
    }

    /// @throws picup.platform.ProblemException `not-found`, `upload-over`, `direct-uploads-unavailable`
    public Addressed run(MemberId owner, UUID id) throws IOException {
        var upload = uploads.require(owner, id);
        if (!upload.open()) {
            return new Addressed(upload, List.of());
        }
        upload.requireNotOver(room.clock().instant());
        parts.requireAvailable();
        uploads.expireAt(upload, room.expiresAt());
        return addressed(uploads.require(owner, id));
    }

    private Addressed addressed(DirectUpload upload) throws IOException {
        if (upload.bucketUpload() == null) {
            throw Problem.UPLOAD_OVER.because("This upload was never begun in the bucket. Begin anew.");
        }
        if (parts.joinedBytes(upload.id()).isPresent()) {
            return new Addressed(upload, List.of());
        }
        return new Addressed(upload, parts.addresses(upload.id(), upload.bucketUpload(), missing(upload, upload.bucketUpload()), validFor()));
    }

    private List<Part> missing(DirectUpload upload, String bucketUpload) throws IOException {
        try {
            return parts.missing(upload.id(), bucketUpload, upload.parts());
        } catch (NoSuchFileException gone) {
            throw CompleteDirectUpload.lost();
        }
    }

    /// No longer than the upload itself.
    private Duration validFor() {
        var expiry = room.settings().uploadExpiry();
        return expiry.compareTo(VALID) < 0 ? expiry : VALID;
    }
}
