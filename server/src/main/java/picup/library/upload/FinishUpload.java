package picup.library.upload;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.library.ImportPicture;
import picup.library.KnownKind;
import picup.library.NoSpace;
import picup.library.sidecar.ImportSidecar;
import picup.library.upload.Upload.End;
import picup.library.upload.Upload.State;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.StagedOriginal;
import picup.storage.UploadParts;

/// Makes a picture of an upload whose every byte has come, or a sidecar. What the import refuses ends it; what only fails (a store is away) leaves
/// it as it is, for the client's next question or the sweep. The transaction that adds the picture also turns the reservation into the charge and
/// writes that the upload is done, so that no crash comes between.
@Component
class FinishUpload {
    private final Uploads uploads;
    private final Turns turns;
    private final UploadParts parts;
    private final ImportPicture importing;
    private final ImportSidecar importingSidecar;
    private final EndUpload ending;

    FinishUpload(Uploads uploads, Turns turns, UploadParts parts, ImportPicture importing, ImportSidecar importingSidecar, EndUpload ending) {
        this.uploads = uploads;
        this.turns = turns;
        this.parts = parts;
        this.importing = importing;
        this.importingSidecar = importingSidecar;
        this.ending = ending;
    }

    /// As [#run], in a turn of its own.
    Upload again(MemberId owner, UUID id) throws IOException {
        try (var _ = turns.take(id)) {
            var upload = uploads.require(owner, id);
            return upload.unfinished() ? run(upload) : upload;
        }
    }

    /// In the caller's turn.
    ///
    /// @param upload that is received, and no piece
    /// @return as it is then: done or refused
    /// @throws IOException      when the bytes cannot be made durable now
    /// @throws ProblemException when nobody may write to the space now, or there is no room
    Upload run(Upload upload) throws IOException {
        try {
            long sizeBytes = upload.offsetBytes();
            var kind = upload.kind() != null ? upload.kind() : KnownKind.of(parts.head(upload.id(), FileKind.HEAD_BYTES));
            requireFits(kind, sizeBytes);
            var bytes = parts.staged(upload.id(), sizeBytes);
            var announced = upload.metadata().sha256();
            if (announced != null && !announced.equals(bytes.digest())) {
                return ending.refuse(upload, mismatch(announced, bytes.digest()));
            }
            return kind.sidecar() ? sidecar(upload, bytes, kind) : picture(upload, bytes, kind);
        } catch (NoSuchFileException e) {
            return ending.refuse(upload, lost());
        } catch (ProblemException e) {
            if (e.problem() == Problem.NOT_A_PICTURE || e.problem() == Problem.TOO_LARGE) {
                return ending.refuse(upload, e);
            }
            throw e;
        }
    }

    /// @throws ProblemException `too-large`
    static void requireFits(FileKind kind, long sizeBytes) {
        if (kind.sidecar() && sizeBytes > ImportSidecar.LARGEST_BYTES) {
            throw Problem.TOO_LARGE.because("A sidecar may have %,d bytes at most.".formatted(ImportSidecar.LARGEST_BYTES));
        }
    }

    static ProblemException lost() {
        return Problem.UPLOAD_OVER.because("What had come of this upload is not there any more. Begin anew.");
    }

    private static ProblemException mismatch(Digest announced, Digest arrived) {
        return Problem.DIGEST_MISMATCH.because("Announced was %s, but %s arrived. Nothing was kept; send the file again.".formatted(announced.hex(), arrived.hex()));
    }

    private Upload picture(Upload upload, StagedOriginal bytes, FileKind kind) throws IOException {
        var metadata = upload.metadata();
        var reserved = new ImportPicture.Reserved(upload.reservedBytes(), added -> done(upload, new End.Done("added", added.picture(), false)));
        return switch (importing.run(new ImportPicture.Upload(upload.owner(), bytes, kind, metadata.words(), metadata.force(), priority(metadata), reserved))) {
            case ImportPicture.Outcome.Added _ -> turned(upload);
            case ImportPicture.Outcome.AlreadyThere there -> ending.done(upload, new End.Done("already-there", there.picture(), there.trashed()));
            case ImportPicture.Outcome.DeletedBefore _ -> ending.refuse(upload, CreateUpload.deletedBefore());
            case ImportPicture.Outcome.OverQuota over -> ending.refuse(upload, NoSpace.lacking(over.missingBytes()));
        };
    }

    private Upload sidecar(Upload upload, StagedOriginal bytes, FileKind kind) throws IOException {
        var metadata = upload.metadata();
        var reserved = new ImportSidecar.Reserved(upload.reservedBytes(), kept -> done(upload, new End.Done("sidecar", kept.picture(), false)));
        var outcome = importingSidecar.run(new ImportSidecar.Upload(upload.owner(), bytes, kind, metadata.words().folder(), metadata.words().fileName(),
                priority(metadata), reserved));
        return switch (outcome) {
            case ImportSidecar.Outcome.Kept _ -> turned(upload);
            case ImportSidecar.Outcome.OverQuota over -> ending.refuse(upload, NoSpace.lacking(over.missingBytes()));
        };
    }

    private static Priority priority(UploadMetadata metadata) {
        return metadata.bulk() ? Priority.BULK : Priority.INTERACTIVE;
    }

    /// In the import's transaction, which has taken care of the reservation.
    private void done(Upload upload, End.Done done) {
        if (!uploads.end(upload, State.DONE, done, ending.forgottenAt())) {
            throw Turn.busy();
        }
    }

    private Upload turned(Upload upload) {
        parts.remove(upload.id());
        return uploads.require(upload.owner(), upload.id());
    }
}
