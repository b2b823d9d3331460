package picup.library.direct;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.library.ImportPicture;
import picup.library.KnownKind;
import picup.library.NoSpace;
import picup.library.direct.DirectUpload.State;
import picup.library.upload.Upload.End;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.DirectParts;
import picup.storage.SentOriginal;

/// Makes a picture of an upload whose parts are in the bucket. Nothing that a client or a bucket says of the bytes is believed: they are joined
/// where nobody can change them any more, read back from their first byte to their last, and only then imported as any others are.
///
/// **It can be repeated after any step**, by the same client or another process, for each step sees what the one before it has left: an object that is
/// joined is not joined again, an original that lies in its place is not copied again, and the transaction that adds the picture also writes
/// that the upload is done. What was joined goes after that, by a job of that transaction.
@Component
public class CompleteDirectUpload {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final DirectParts parts;
    private final DirectUploads uploads;
    private final ImportPicture importing;
    private final EndDirectUpload ending;
    private final InstantSource clock;

    CompleteDirectUpload(DirectParts parts, DirectUploads uploads, ImportPicture importing, EndDirectUpload ending, InstantSource clock) {
        this.parts = parts;
        this.uploads = uploads;
        this.importing = importing;
        this.ending = ending;
        this.clock = clock;
    }

    /// @return as it is then: done
    /// @throws IOException      when the bucket is away; the upload stays as it is
    /// @throws ProblemException `not-found`; `conflict` when parts are missing; `upload-busy`, `upload-over`; why it is refused, now or before
    public DirectUpload run(MemberId owner, UUID id) throws IOException {
        uploads.require(owner, id);
        try (var _ = ending.turn(id)) {
            var upload = uploads.require(owner, id).requireNotOver(clock.instant());
            if (upload.open()) {
                parts.requireAvailable();
                join(upload);
                add(upload, verified(upload));
            }
            return uploads.require(owner, id);
        }
    }

    private void join(DirectUpload upload) throws IOException {
        if (parts.joinedBytes(upload.id()).isPresent()) {
            return; // by a process that was killed after that, or a store that was away
        }
        if (upload.bucketUpload() == null) {
            throw ending.refuse(upload, lost());
        }
        try {
            var missing = parts.join(upload.id(), upload.bucketUpload(), upload.parts());
            if (!missing.isEmpty()) {
                throw incomplete(missing);
            }
        } catch (NoSuchFileException e) {
            throw ending.refuse(upload, lost());
        }
    }

    static ProblemException lost() {
        return Problem.UPLOAD_OVER.because("The bucket has nothing of this upload any more. Begin anew.");
    }

    private static ProblemException incomplete(List<DirectParts.Part> missing) {
        return Problem.CONFLICT.because("The bucket does not have %,d parts as they were announced. GET the upload for where to send them, then complete it again.".formatted(missing.size()))
                .with("missing", missing.stream().map(DirectParts.Part::number).toList());
    }

    /// What the bucket has is what was announced, and a picture by its first bytes.
    private FileKind verified(DirectUpload upload) throws IOException {
        try (var in = parts.read(upload.id())) {
            var head = in.readNBytes(FileKind.HEAD_BYTES);
            var kind = KnownKind.of(head);
            if (kind.sidecar()) {
                throw Problem.NOT_A_PICTURE.because("This is a file that says something about a picture. Send it to /api/pictures.");
            }
            requireAnnounced(upload, head, in);
            return kind;
        } catch (ProblemException notTaken) {
            throw ending.refuse(upload, notTaken);
        }
    }

    private static void requireAnnounced(DirectUpload upload, byte[] head, InputStream rest) throws IOException {
        var hash = Digest.sha256();
        hash.update(head);
        long sizeBytes = head.length;
        var buffer = new byte[BUFFER_BYTES];
        for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
            hash.update(buffer, 0, read);
            sizeBytes += read;
        }
        var arrived = new Digest(hash.digest());
        if (!arrived.equals(upload.file().sha256()) || sizeBytes != upload.file().sizeBytes()) {
            throw Problem.DIGEST_MISMATCH.because("Announced was %s with %,d bytes, but %s with %,d arrived. Nothing was kept; send the file again."
                    .formatted(upload.file().sha256().hex(), upload.file().sizeBytes(), arrived.hex(), sizeBytes));
        }
    }

    private void add(DirectUpload upload, FileKind kind) throws IOException {
        var file = upload.file();
        var bytes = new SentOriginal(parts, upload.id(), file.sha256(), file.sizeBytes());
        var reserved = new ImportPicture.Reserved(upload.reservedBytes(), added -> done(upload, new End.Done("added", added.picture(), false)));
        var priority = file.bulk() ? Priority.BULK : Priority.INTERACTIVE;
        switch (importing.run(new ImportPicture.Upload(upload.owner(), bytes, kind, file.words(), file.force(), priority, reserved))) {
            case ImportPicture.Outcome.Added _ -> {}
            case ImportPicture.Outcome.AlreadyThere there -> ending.done(upload, new End.Done("already-there", there.picture(), there.trashed()));
            case ImportPicture.Outcome.DeletedBefore _ -> throw ending.refuse(upload, BeginDirectUpload.deletedBefore());
            case ImportPicture.Outcome.OverQuota over -> throw ending.refuse(upload, NoSpace.lacking(over.missingBytes()));
        }
    }

    /// In the import's transaction, which has taken care of the reservation.
    private void done(DirectUpload upload, End.Done done) {
        if (!uploads.end(upload, State.DONE, done, ending.forgottenAt())) {
            throw EndDirectUpload.busy();
        }
    }
}
