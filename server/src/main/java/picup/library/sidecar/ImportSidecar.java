package picup.library.sidecar;

import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.library.FileName;
import picup.library.FolderName;
import picup.library.Items;
import picup.media.RequestFacts;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.ProblemException;
import picup.platform.jobs.Priority;
import picup.storage.Digest;
import picup.storage.Ledger;
import picup.storage.StagedOriginal;

/// Keeps a file that says something about a picture, as safely as a picture: the bytes become durable first, then one transaction
/// charges the space, adds the row, looks for the picture and asks for what the sidecar says. Idempotent per owner, name
/// and digest.
@Component
public class ImportSidecar {
    /// Lightroom's with thousands of brush strokes has some megabytes.
    public static final long LARGEST_BYTES = 16L << 20;

    /// The removal of a digest takes milliseconds; meeting it again and again is a defect.
    private static final int ATTEMPTS = 5;

    /// @param folder   in which it lay, as the client wrote it
    /// @param fileName as the client named it
    /// @param reserved the space that was set aside for it
    public record Upload(MemberId owner, StagedOriginal bytes, FileKind kind, String folder, String fileName, Priority priority, Reserved reserved) {
        public Upload(MemberId owner, StagedOriginal bytes, FileKind kind, String folder, String fileName, Priority priority) {
            this(owner, bytes, kind, folder, fileName, priority, new Reserved(0, _ -> {}));
        }
    }

    /// Space that turns into the charge.
    ///
    /// @param bytes   how much
    /// @param turning what else happens in the transaction that keeps the sidecar
    public record Reserved(long bytes, Consumer<Outcome.Kept> turning) {}

    public sealed interface Outcome {
        /// @param picture null while it waits
        /// @param added   false when the same file was there already
        record Kept(UUID sidecar, @Nullable UUID picture, boolean added) implements Outcome {}

        record OverQuota(long missingBytes) implements Outcome {}
    }

    private final Items items;
    private final Ledger ledger;
    private final Sidecars sidecars;
    private final MatchSidecars matching;
    private final Work work;

    /// What every import does around its rows.
    @Component
    record Work(TransactionTemplate transaction, RequestFacts facts, InstantSource clock) {}

    ImportSidecar(Items items, Ledger ledger, Sidecars sidecars, MatchSidecars matching, Work work) {
        this.items = items;
        this.ledger = ledger;
        this.sidecars = sidecars;
        this.matching = matching;
        this.work = work;
    }

    /// @throws IOException when the bytes cannot be made durable; nothing was added
    public Outcome run(Upload upload) throws IOException {
        var digest = upload.bytes().digest();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var kept = ledger.keep(upload.bytes());
            var outcome = recorded(upload, kept);
            if (outcome instanceof Outcome.OverQuota) {
                ledger.abandon(digest);
            }
            if (outcome != null) {
                return outcome;
            }
        }
        throw new IOException("The bytes of " + digest + " were removed again and again");
    }

    private @Nullable Outcome recorded(Upload upload, Ledger.Kept kept) {
        try {
            return work.transaction().execute(status -> {
                var result = record(upload, kept);
                if (!(result instanceof Outcome.Kept)) {
                    status.setRollbackOnly();
                }
                return result;
            });
        } catch (ProblemException refused) {
            ledger.abandon(kept.digest());
            throw refused;
        }
    }

    /// @return null when the bytes have just been removed and must be kept again
    private @Nullable Outcome record(Upload upload, Ledger.Kept kept) {
        var digest = kept.digest();
        items.lock(upload.owner());
        return switch (ledger.hold(upload.owner(), kept, upload.reserved().bytes())) {
            case Ledger.Held.BytesGone _ -> null;
            case Ledger.Held.OverQuota over -> new Outcome.OverQuota(over.missingBytes());
            case Ledger.Held.Already _, Ledger.Held.Now _ -> add(upload, digest);
        };
    }

    private Outcome add(Upload upload, Digest digest) {
        var kept = sidecars.add(upload.owner(), Ids.next(), digest, upload.kind(), FolderName.clean(upload.folder()), FileName.clean(upload.fileName()),
                upload.bytes().sizeBytes(), work.clock().instant());
        var sidecar = sidecars.require(upload.owner(), kept.id());
        var picture = matching.match(sidecar);
        work.facts().describe(upload.owner(), digest, upload.kind(), upload.priority());
        var outcome = new Outcome.Kept(sidecar.id(), picture, kept.added());
        upload.reserved().turning().accept(outcome);
        return outcome;
    }
}
