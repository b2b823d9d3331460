package picup.library.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.library.direct.AddressParts;
import picup.library.direct.BeginDirectUpload;
import picup.library.direct.CompleteDirectUpload;
import picup.library.direct.DirectUpload;
import picup.library.direct.EndDirectUpload;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;
import picup.storage.DirectParts;
import picup.storage.StorageSettings;

/// Uploads whose parts go straight to the bucket: ask, begin, PUT each part where it is told, complete. After a cut ask the upload what is missing.
/// Where there are none the answer is `direct-uploads-unavailable`, and the file goes to `/api/uploads`.
@RestController
@RequestMapping("/api/direct-uploads")
class DirectUploadController {
    private final BeginDirectUpload beginning;
    private final AddressParts addressing;
    private final CompleteDirectUpload completing;
    private final EndDirectUpload ending;
    private final DirectParts parts;
    private final StorageSettings settings;
    private final UploadSlots slots;

    DirectUploadController(BeginDirectUpload beginning, AddressParts addressing, CompleteDirectUpload completing, EndDirectUpload ending, DirectParts parts,
            StorageSettings settings, UploadSlots slots) {
        this.beginning = beginning;
        this.addressing = addressing;
        this.completing = completing;
        this.ending = ending;
        this.parts = parts;
        this.settings = settings;
        this.slots = slots;
    }

    /// @param partBytes of every part but the last
    record Offer(long partBytes, long largestFileBytes) {}

    /// How files are to be cut.
    @GetMapping
    Offer offer(MemberId member) {
        parts.requireAvailable();
        return new Offer(BeginDirectUpload.PART_BYTES, settings.largestFile().toBytes());
    }

    /// @param sha256     of the whole file, hexadecimal
    /// @param partSha256 of each of its parts, in their order
    /// @param takenAt    local time, with an offset where known; counts where the file itself does not say
    /// @param folder     of the file, relative
    /// @param source     the device or import that it comes from
    /// @param force      bring the picture back although it was deleted for good before
    /// @param bulk       an import that nobody is waiting for
    record Wish(@Nullable String filename, @Nullable Long sizeBytes, @Nullable String sha256, @Nullable List<String> partSha256, @Nullable String takenAt,
            @Nullable String folder, @Nullable String source, @Nullable Boolean force, @Nullable Boolean bulk) {
        private static final int LONGEST_TEXT = 1024;

        DirectUpload.Announced announced() {
            if (sizeBytes == null || sha256 == null || partSha256 == null || partSha256.contains(null)) {
                throw Problem.BAD_VALUE.because("sizeBytes, sha256 and partSha256 are needed; GET /api/direct-uploads says how long a part is.");
            }
            var digests = new ArrayList<Digest>();
            partSha256.forEach(hex -> digests.add(Digest.ofHex(hex)));
            return new DirectUpload.Announced(Digest.ofHex(sha256), sizeBytes, BeginDirectUpload.PART_BYTES, digests, text("filename", filename), text("folder", folder),
                    text("takenAt", takenAt), text("source", source), Boolean.TRUE.equals(force), Boolean.TRUE.equals(bulk));
        }

        private static String text(String name, @Nullable String text) {
            if (text != null && (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0)) {
                throw Problem.BAD_VALUE.because("%s is longer than %,d characters, or has one that is none.".formatted(name, LONGEST_TEXT));
            }
            return text == null ? "" : text;
        }
    }

    @PostMapping
    ResponseEntity<DirectUploadJson> begin(MemberId member, @RequestBody Wish wish) throws IOException {
        var begun = beginning.run(member, wish.announced());
        return ResponseEntity.status(201).header("Location", "/api/direct-uploads/" + begun.id()).body(DirectUploadJson.of(addressing.run(member, begun.id())));
    }

    /// What is missing, and where to send it; what has become of it, up to a day after its end.
    @GetMapping("/{id}")
    DirectUploadJson one(MemberId member, @PathVariable UUID id) throws IOException {
        return DirectUploadJson.of(addressing.run(member, id));
    }

    /// All parts are there. Answers when the picture is safe; may be repeated.
    @PostMapping("/{id}/completion")
    DirectUploadJson complete(MemberId member, @PathVariable UUID id) throws IOException {
        try (var _ = slots.take(member)) {
            return DirectUploadJson.of(new AddressParts.Addressed(completing.run(member, id), List.of()));
        }
    }

    /// Ends an upload that nobody wants any more. Of one that is done, the picture stays.
    @DeleteMapping("/{id}")
    ResponseEntity<Void> end(MemberId member, @PathVariable UUID id) throws IOException {
        ending.run(member, id);
        return ResponseEntity.noContent().build();
    }
}
