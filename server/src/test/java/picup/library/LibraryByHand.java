package picup.library;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.media.OriginalRendered;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.storage.Digest;

/// A member's library whose files say what a test wants them to say: rows as an import leaves them, and the news that a decoder
/// has looked into a file.
public record LibraryByHand(MemberId owner, JdbcClient database, TransactionTemplate transaction, ApplicationEventPublisher events) {

    /// What a file says.
    public record Said(@Nullable LocalDateTime takenAt, @Nullable String make, @Nullable String liveId, @Nullable String burstId, Facts.Words words) {
        public static final LocalDateTime NOON = LocalDateTime.of(2020, 6, 1, 12, 0);
        public static final Said NOTHING = new Said(null, null, null, null, Facts.Words.NONE);

        public static Said at(LocalDateTime takenAt) {
            return new Said(takenAt, "Picup", null, null, Facts.Words.NONE);
        }

        public Said live(String id) {
            return new Said(takenAt, make, id, burstId, words);
        }

        public Said burst(String id) {
            return new Said(takenAt, make, liveId, id, words);
        }

        public Said by(String otherMake) {
            return new Said(takenAt, otherMake, liveId, burstId, words);
        }

        public Said words(Facts.Words other) {
            return new Said(takenAt, make, liveId, burstId, other);
        }

        Facts facts(FileKind kind) {
            return new Facts(new Facts.Image(40, 30, 1, 1, false, null, null), takenAt == null ? null : new Facts.Taken(takenAt, null, "EXIF:DateTimeOriginal"),
                    null, new Facts.Camera(make, null, null, null, null, null, null),
                    kind.video() ? new Facts.Clip(1000, "h264", null, null, true) : null, words, new Facts.Ties(liveId, burstId), null);
        }
    }

    public UUID add(String folder, String name, FileKind kind) {
        var id = Ids.next();
        database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, folder, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                VALUES (?, ?, ?, ?, ?, ?, 1, 'processing', now(), 'upload', now())
                """)
                .params(owner.value(), id, digest(folder, name).bytes(), kind.name().toLowerCase(Locale.ROOT), folder, name).update();
        return id;
    }

    /// The same file has the same digest, whenever it comes.
    private static Digest digest(String folder, String name) {
        try {
            return new Digest(java.security.MessageDigest.getInstance("SHA-256").digest((folder + "/" + name).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As a decoder's job does when it is done.
    public void look(String folder, String name, FileKind kind, Said said) {
        transaction.executeWithoutResult(_ -> events.publishEvent(new OriginalRendered(owner, digest(folder, name), said.facts(kind), List.of("thumb.jpg"))));
    }

    public UUID show(String folder, String name, FileKind kind, Said said) {
        var id = add(folder, name, kind);
        look(folder, name, kind, said);
        return id;
    }

    /// `cover ← part as role`, by names and in their order; only what is an item.
    public List<String> items() {
        return database.sql("""
                SELECT c.file_name || ' ← ' || p.file_name || ' as ' || p.part_role FROM storage.picture p
                JOIN storage.picture c ON c.owner_id = p.owner_id AND c.id = p.part_of
                WHERE p.owner_id = ? ORDER BY c.folder, c.file_name, p.folder, p.file_name
                """)
                .param(owner.value()).query(String.class).list();
    }

    public List<String> covers() {
        return database.sql("SELECT file_name || coalesce(' ' || stack, '') FROM storage.picture WHERE owner_id = ? AND part_of IS NULL AND trashed_at IS NULL ORDER BY folder, file_name")
                .param(owner.value()).query(String.class).list();
    }

    /// As the timeline has counted.
    public int counted() {
        return database.sql("SELECT coalesce(sum(pictures), 0)::int FROM storage.month WHERE owner_id = ?").param(owner.value()).query(Integer.class).single();
    }
}
