package picup.library.web;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.library.upload.Upload;

/// An upload as its client sees it when it asks for JSON.
///
/// @param sizeBytes null while the client has not said it
/// @param state     `receiving`, `done`, `refused`
/// @param outcome   of one that is done: `added`, `already-there`, `sidecar`
/// @param picture   what became of it; of a sidecar the picture it belongs to, null while it waits for that
/// @param problem   why it was refused
/// @param expiresAt when it ends if nothing comes; of one that has ended, when it is forgotten
record UploadJson(UUID id, long offsetBytes, @Nullable Long sizeBytes, String state, @Nullable String outcome, @Nullable UUID picture, boolean trashed,
        @Nullable Refusal problem, Instant expiresAt) {
    /// @param code as in a problem document
    record Refusal(String code, String detail) {}

    static UploadJson of(Upload upload) {
        var done = upload.end() instanceof Upload.End.Done end ? end : null;
        return new UploadJson(upload.id(), upload.offsetBytes(), upload.sizeBytes(), state(upload.state()), done == null ? null : done.outcome(),
                done == null ? null : done.picture(), done != null && done.trashed(), problem(upload), upload.expiresAt());
    }

    private static String state(Upload.State state) {
        return switch (state) {
            case RECEIVING, RECEIVED -> "receiving";
            case JOINED, DONE -> "done";
            case REFUSED, EXPIRED -> "refused";
        };
    }

    private static @Nullable Refusal problem(Upload upload) {
        if (upload.state() == Upload.State.EXPIRED) {
            return new Refusal("upload-over", "It has expired, because nothing came for too long.");
        }
        return upload.end() instanceof Upload.End.Refused refused ? new Refusal(refused.problem().code(), refused.detail()) : null;
    }
}
