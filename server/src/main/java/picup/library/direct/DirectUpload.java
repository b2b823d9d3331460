package picup.library.direct;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.library.ImportPicture;
import picup.library.TakenAtText;
import picup.library.upload.Upload;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;
import picup.storage.DirectParts.Part;

/// A file whose parts go to the bucket: a row of `storage.direct_upload`.
///
/// @param reservedBytes of the space
/// @param bucketUpload  by which the bucket knows it; null until that has been noted
/// @param expiresAt     when it ends if its client does not come back; of one that has ended, when it is forgotten
/// @param end           null while it goes on
public record DirectUpload(MemberId owner, UUID id, State state, Announced file, long reservedBytes, @Nullable String bucketUpload, Instant expiresAt,
        Upload.@Nullable End end) {
    public enum State {
        RECEIVING, DONE, REFUSED, EXPIRED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// What a client says of a file before it sends it.
    ///
    /// @param sha256     of the whole
    /// @param partSha256 of each part, all but the last of `partBytes`
    /// @param takenAt    as [TakenAtText] reads it; empty for none
    /// @param force      bring it back although it was deleted for good before
    /// @param bulk       an import that nobody is waiting for
    public record Announced(Digest sha256, long sizeBytes, long partBytes, List<Digest> partSha256, String fileName, String folder, String takenAt, String source,
            boolean force, boolean bulk) {
        ImportPicture.Words words() {
            return new ImportPicture.Words(folder, fileName, takenAt.isEmpty() ? null : TakenAtText.parse(takenAt), source);
        }
    }

    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        long leftBytes = file.sizeBytes();
        for (var sha256 : file.partSha256()) {
            parts.add(new Part(parts.size() + 1, Math.min(file.partBytes(), leftBytes), sha256));
            leftBytes -= file.partBytes();
        }
        return parts;
    }

    public boolean open() {
        return state == State.RECEIVING;
    }

    /// @return this, which goes on, or is done
    /// @throws picup.platform.ProblemException `upload-over`, or why it was refused
    DirectUpload requireNotOver(Instant now) {
        if (end instanceof Upload.End.Refused refused) {
            throw refused.problem().because(refused.detail());
        }
        if (state == State.EXPIRED || open() && !expiresAt.isAfter(now)) {
            throw Problem.UPLOAD_OVER.because("This upload has expired, because its client did not come back for too long. Begin anew.");
        }
        return this;
    }
}
