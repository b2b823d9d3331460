package picup.library;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.media.RequestRenditions;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.ProblemException;
import picup.platform.jobs.Priority;
import picup.storage.ArrivedOriginal;
import picup.storage.Digest;
import picup.storage.Ledger;

/// Turns bytes that have arrived into a picture of their owner's library: the bytes become durable first, then one transaction
/// charges the space, adds the picture and asks for its renditions. When this returns `Added`, the picture is safe.
/// Idempotent per owner and digest, so a client may repeat it freely.
@Component
public class ImportPicture {
    /// @param force    bring it back although it was deleted for good before
    /// @param reserved the space that was set aside for it
    public record Upload(MemberId owner, ArrivedOriginal bytes, FileKind kind, Words words, boolean force, Priority priority, Reserved reserved) {}

    /// What the client says of it: hostile text.
    ///
    /// @param folder   in which it lay there, relative; empty for none
    /// @param fileName as the client named it
    /// @param takenAt  when the client thinks it was taken, mostly when the file was changed; counts only where neither the file nor
    ///                 its name ([FileNameTime]) says
    /// @param source   device or import that it comes from; empty where nobody says
    public record Words(String folder, String fileName, @Nullable TakenAt takenAt, String source) {}

    /// Space that turns into the charge.
    ///
    /// @param bytes   how much
    /// @param turning what else happens in the transaction that adds the picture
    public record Reserved(long bytes, Consumer<Outcome.Added> turning) {
        public static final Reserved NOTHING = new Reserved(0, _ -> {});
    }

    /// @param offsetSeconds east of UTC, where known
    public record TakenAt(LocalDateTime at, @Nullable Integer offsetSeconds) {}

    public sealed interface Outcome {
        record Added(UUID picture) implements Outcome {}
        record AlreadyThere(UUID picture, boolean trashed) implements Outcome {}
        record DeletedBefore() implements Outcome {}
        record OverQuota(long missingBytes) implements Outcome {}
    }

    /// The removal of a digest takes milliseconds; meeting it again and again is a defect.
    private static final int ATTEMPTS = 5;

    private final Ledger ledger;
    private final Pictures pictures;
    private final RequestRenditions rendering;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final News news;

    /// What accompanies every import: the time, and who is told.
    @Component
    record News(ApplicationEventPublisher events, InstantSource clock) {}

    ImportPicture(Ledger ledger, Pictures pictures, RequestRenditions rendering, JdbcClient sql,
            TransactionTemplate transaction, News news) {
        this.ledger = ledger;
        this.pictures = pictures;
        this.rendering = rendering;
        this.sql = sql;
        this.transaction = transaction;
        this.news = news;
    }

    /// @throws IOException when the bytes cannot be made durable; nothing was added
    public Outcome run(Upload upload) throws IOException {
        var digest = upload.bytes().digest();
        var known = pictures.find(upload.owner(), digest);
        if (known.isPresent() && ledger.has(digest, upload.bytes().sizeBytes())) {
            return new Outcome.AlreadyThere(known.get().id(), known.get().trashed()); // spares the disk a flush
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var kept = ledger.keep(upload.bytes());
            var outcome = recorded(upload, kept);
            if (outcome instanceof Outcome.OverQuota || outcome instanceof Outcome.DeletedBefore) {
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
            return transaction.execute(status -> {
                var result = record(upload, kept);
                if (!(result instanceof Outcome.Added)) {
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
        if (!upload.force() && pictures.deletedForGood(upload.owner(), digest)) {
            return new Outcome.DeletedBefore();
        }
        return switch (ledger.hold(upload.owner(), kept, upload.reserved().bytes())) {
            case Ledger.Held.BytesGone _ -> null;
            case Ledger.Held.OverQuota over -> new Outcome.OverQuota(over.missingBytes());
            case Ledger.Held.Already _ -> pictures.find(upload.owner(), digest)
                    .map(there -> (Outcome) new Outcome.AlreadyThere(there.id(), there.trashed()))
                    .orElseGet(() -> add(upload, digest));
            case Ledger.Held.Now _ -> add(upload, digest);
        };
    }

    private Outcome add(Upload upload, Digest digest) {
        var id = Ids.next();
        var now = news.clock().instant();
        var words = upload.words();
        var named = FileNameTime.of(words.fileName(), now).filter(name -> words.takenAt() == null || !name.lessThan(words.takenAt()));
        var taken = named.map(FileNameTime::taken).orElse(words.takenAt());
        var takenAt = taken != null ? taken.at() : LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        pictures.add(upload.owner(), id, digest, upload.kind(), FolderName.clean(words.folder()), FileName.clean(words.fileName()),
                upload.bytes().sizeBytes(), takenAt, taken != null ? taken.offsetSeconds() : Integer.valueOf(0),
                named.isPresent() ? FileNameTime.SOURCE : taken != null ? "client" : "upload", SourceName.clean(words.source()), now);
        if (upload.force()) {
            forgetDeletion(upload.owner(), digest);
        }
        rendering.later(upload.owner(), digest, upload.kind(), upload.priority());
        news.events().publishEvent(LibraryChanged.one(upload.owner(), id, "processing", takenAt));
        var added = new Outcome.Added(id);
        upload.reserved().turning().accept(added);
        return added;
    }

    private void forgetDeletion(MemberId owner, Digest digest) {
        sql.sql("DELETE FROM storage.deleted_for_good WHERE owner_id = :owner AND digest = :digest")
                .param("owner", owner.value()).param("digest", digest.bytes()).update();
    }
}
