package picup.library.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.library.direct.AddressParts;
import picup.library.direct.DirectUpload;
import picup.library.upload.Upload;
import picup.storage.DirectParts;

/// A direct upload as its client sees it.
///
/// @param state     `receiving`, `done`, `refused`, `expired`
/// @param parts     those that the bucket does not have yet
/// @param outcome   of one that is done: `added`, `already-there`
/// @param trashed   whether the picture that was there already lies in the trash
/// @param problem   why it was refused
/// @param expiresAt when it ends if its client does not come back; of one that has ended, when it is forgotten
record DirectUploadJson(UUID id, String state, long sizeBytes, long partBytes, List<PartJson> parts, @Nullable String outcome, @Nullable UUID picture, boolean trashed,
        UploadJson.@Nullable Refusal problem, Instant expiresAt) {
    /// @param url     for a PUT of exactly these bytes
    /// @param headers that the request must have, beside its length
    record PartJson(int number, long offsetBytes, long sizeBytes, String url, Map<String, String> headers, Instant expiresAt) {
        static PartJson of(DirectParts.Address address, long partBytes) {
            var part = address.part();
            return new PartJson(part.number(), (part.number() - 1) * partBytes, part.sizeBytes(), address.url().toString(), address.headers(), address.expiresAt());
        }
    }

    static DirectUploadJson of(AddressParts.Addressed addressed) {
        var upload = addressed.upload();
        var done = upload.end() instanceof Upload.End.Done end ? end : null;
        var parts = addressed.missing().stream().map(each -> PartJson.of(each, upload.file().partBytes())).toList();
        return new DirectUploadJson(upload.id(), upload.state().text(), upload.file().sizeBytes(), upload.file().partBytes(), parts, done == null ? null : done.outcome(),
                done == null ? null : done.picture(), done != null && done.trashed(), refusal(upload), upload.expiresAt());
    }

    private static UploadJson.@Nullable Refusal refusal(DirectUpload upload) {
        return upload.end() instanceof Upload.End.Refused refused ? new UploadJson.Refusal(refused.problem().code(), refused.detail()) : null;
    }
}
