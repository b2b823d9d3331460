package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.ImportPicture;
import picup.library.NoSpace;
import picup.library.sidecar.ImportSidecar;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.jobs.Priority;
import picup.storage.Originals;
import picup.storage.StorageSettings;

/// Takes pictures in, one a request, and the files beside them.
@RestController
class UploadController {
    /// @param outcome `added` or `already-there`; `sidecar` for a file that says something about a picture
    /// @param trashed whether the picture that is already there lies in the trash
    /// @param picture of a sidecar, the picture it belongs to; null while it waits for that
    record Uploaded(UUID id, String outcome, boolean trashed, @Nullable UUID picture) {}

    private final ImportPicture importing;
    private final ImportSidecar importingSidecar;
    private final Originals originals;
    private final StorageSettings limits;
    private final UploadSlots slots;

    UploadController(ImportPicture importing, ImportSidecar importingSidecar, Originals originals, StorageSettings limits, UploadSlots slots) {
        this.importing = importing;
        this.importingSidecar = importingSidecar;
        this.originals = originals;
        this.limits = limits;
        this.slots = slots;
    }

    /// @param force bring the picture back although it was deleted for good before
    /// @param bulk  an import that nobody is waiting for: its renditions are made after everybody else's
    @PostMapping("/api/pictures")
    ResponseEntity<Uploaded> upload(MemberId member, HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean force, @RequestParam(defaultValue = "false") boolean bulk) throws IOException {
        try (var _ = slots.take(member); var form = UploadForm.read(request, originals, limits.largestFile().toBytes())) {
            var priority = bulk ? Priority.BULK : Priority.INTERACTIVE;
            return form.kind().sidecar() ? sidecar(member, form, priority) : picture(member, form, force, priority);
        } catch (FileUploadException e) {
            throw Problem.BAD_REQUEST.because("The body must be multipart/form-data with a part `file`: " + e.getMessage());
        }
    }

    private ResponseEntity<Uploaded> picture(MemberId member, UploadForm form, boolean force, Priority priority) throws IOException {
        var outcome = importing.run(new ImportPicture.Upload(member, form.bytes(), form.kind(), form.words(), force, priority, ImportPicture.Reserved.NOTHING));
        return switch (outcome) {
            case ImportPicture.Outcome.Added added ->
                ResponseEntity.status(201).header("Location", "/api/pictures/" + added.picture()).body(new Uploaded(added.picture(), "added", false, null));
            case ImportPicture.Outcome.AlreadyThere there -> ResponseEntity.ok(new Uploaded(there.picture(), "already-there", there.trashed(), null));
            case ImportPicture.Outcome.DeletedBefore _ ->
                throw Problem.DELETED_BEFORE.because("You deleted this picture for good. To bring it back, send it again to /api/pictures?force=true.");
            case ImportPicture.Outcome.OverQuota over -> throw NoSpace.lacking(over.missingBytes());
        };
    }

    private ResponseEntity<Uploaded> sidecar(MemberId member, UploadForm form, Priority priority) throws IOException {
        var outcome = importingSidecar.run(new ImportSidecar.Upload(member, form.bytes(), form.kind(), form.words().folder(), form.words().fileName(), priority));
        return switch (outcome) {
            case ImportSidecar.Outcome.Kept kept ->
                ResponseEntity.status(kept.added() ? 201 : 200).body(new Uploaded(kept.sidecar(), "sidecar", false, kept.picture()));
            case ImportSidecar.Outcome.OverQuota over -> throw NoSpace.lacking(over.missingBytes());
        };
    }
}
