package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.decoder.FileKind;
import picup.library.StorageUse.Share;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.RankCursor;

/// What takes a member's space: counts that triggers keep, and the largest files from an index.
class StorageUseModuleTest extends RunningPicup {
    @Autowired
    private StorageUse use;

    @Autowired
    private Trash trash;

    private final MemberId owner = MemberId.random();

    @BeforeEach
    void aSpace() {
        database.sql("INSERT INTO storage.space (owner_id, used_bytes, reserved_bytes, quota_bytes, standing_since) VALUES (?, 0, 7, 1000000, now())")
                .param(owner.value()).update();
    }

    /// Charged as an upload is, in one statement.
    private UUID add(FileKind kind, long sizeBytes) {
        return add(kind, sizeBytes, 1).getFirst();
    }

    private List<UUID> add(FileKind kind, long sizeBytes, int many) {
        return database.sql("""
                WITH charged AS (UPDATE storage.space SET used_bytes = used_bytes + :size * :many WHERE owner_id = :owner), bytes AS (
                    INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at)
                    SELECT :owner, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), :size, now() FROM generate_series(1, :many) RETURNING digest)
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT :owner, uuidv7(), digest, :kind, 'a', :size, 'ready', timestamp '2020-01-01', 'upload', now() FROM bytes RETURNING id
                """)
                .param("owner", owner.value()).param("kind", kind.name().toLowerCase(Locale.ROOT)).param("size", sizeBytes).param("many", many)
                .query(UUID.class).list();
    }

    /// By reading everything.
    private Share counted(String where) {
        return database.sql("SELECT count(*), coalesce(sum(size_bytes), 0) FROM storage.picture WHERE owner_id = ? AND " + where).param(owner.value())
                .query((row, _) -> new Share(row.getLong(1), row.getLong(2))).single();
    }

    @Test
    void whatIsUsedIsToldByItsSorts() {
        add(FileKind.JPEG, 100);
        add(FileKind.HEIC, 200);
        add(FileKind.MOV, 5_000);
        var raw = add(FileKind.RAW, 3_000);
        var gone = add(FileKind.JPEG, 50);
        trash.put(owner, List.of(raw, gone));
        database.sql("UPDATE storage.space SET used_bytes = used_bytes + 11 WHERE owner_id = ?").param(owner.value()).update(); // a sidecar

        var now = use.of(owner);
        assertThat(now).isEqualTo(new StorageUse.Use(8_361, 7, 1_000_000, new Share(2, 300), new Share(1, 5_000), new Share(0, 0), new Share(2, 3_050), 11));

        trash.restore(owner, List.of(raw));
        trash.deleteForGood(owner, null);
        var later = use.of(owner);
        assertThat(later.raws()).isEqualTo(new Share(1, 3_000));
        assertThat(later.trash()).isEqualTo(new Share(0, 0));
        assertThat(later.usedBytes()).isEqualTo(8_311);
        assertThat(use.of(MemberId.random()).usedBytes()).as("another's is not counted").isZero();
    }

    @Test
    void everyKindOfFileHasItsSort() {
        for (var kind : FileKind.values()) {
            var sort = database.sql("SELECT storage.sort_of(?, NULL)").param(kind.name().toLowerCase(Locale.ROOT)).query(String.class).single();
            assertThat(sort).as(kind.name()).isEqualTo(kind == FileKind.RAW ? "raw" : kind.video() ? "video" : "photo");
        }
    }

    /// Uploads, a trash that is filled and emptied, and restores at once: nobody fails by waiting crosswise, and nothing is counted wrong.
    @Test
    void manyAtOnceAreCountedOnce() throws Exception {
        var there = new ArrayList<>(add(FileKind.JPEG, 10, 60));
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int at = i;
            work.add(() -> add(at % 2 == 0 ? FileKind.JPEG : FileKind.MP4, at + 1));
            work.add(() -> trash.put(owner, List.of(there.get(at % there.size()), there.get(at * 7 % there.size()))));
            work.add(() -> trash.restore(owner, List.of(there.get(at * 3 % there.size()))));
            if (at % 40 == 0) {
                work.add(() -> trash.deleteForGood(owner, List.of(there.get(at % there.size()))));
            }
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        var now = use.of(owner);
        assertThat(now.photos()).isEqualTo(counted("trashed_at IS NULL AND kind = 'jpeg'"));
        assertThat(now.videos()).isEqualTo(counted("trashed_at IS NULL AND kind = 'mp4'"));
        assertThat(now.trash()).isEqualTo(counted("trashed_at IS NOT NULL"));
        assertThat(now.otherBytes()).isZero();
    }

    /// The chance that this fails by itself is below one in a thousand million.
    @Test
    void theRowsOfManyStatementsAreFolded() {
        for (int i = 0; i < 2_500; i++) {
            add(FileKind.JPEG, 1);
        }
        assertThat(use.of(owner).photos()).isEqualTo(new Share(2_500, 2_500));
        assertThat(database.sql("SELECT count(*) FROM storage.usage WHERE owner_id = ?").param(owner.value()).query(Integer.class).single()).isLessThan(2_400);
    }

    @Test
    void theLargestFilesComeFirstPageByPage() {
        var sizes = List.of(300, 10, 200, 200, 100, 4_000);
        for (int size : sizes) {
            add(FileKind.JPEG, size);
        }
        trash.put(owner, List.of(add(FileKind.MP4, 9_000)));
        var seen = new ArrayList<Long>();
        var ids = new ArrayList<UUID>();
        RankCursor after = null;
        for (var page = use.largest(owner, null, 2); !page.isEmpty(); page = use.largest(owner, after, 2)) {
            page.forEach(picture -> {
                seen.add(picture.sizeBytes());
                ids.add(picture.id());
            });
            after = RankCursor.of(new RankCursor(page.getLast().sizeBytes(), page.getLast().id()).text());
        }
        assertThat(seen).isEqualTo(sizes.stream().map(Integer::longValue).sorted(Comparator.reverseOrder()).toList());
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(use.largest(MemberId.random(), null, 10)).isEmpty();
    }

    @Test
    void aPageOfTheLargestComesFromAnIndex() {
        add(FileKind.JPEG, 5, 3_000);
        database.sql("ANALYZE storage.picture").update();
        var plan = String.join("\n", database.sql("""
                EXPLAIN SELECT * FROM storage.picture WHERE owner_id = '%s' AND trashed_at IS NULL AND (size_bytes, id) < (9999, '%s')
                ORDER BY size_bytes DESC, id DESC LIMIT 50
                """.formatted(owner.value(), Ids.next())).query(String.class).list());
        assertThat(plan).contains("picture_largest").doesNotContain("Sort");
    }

    @Test
    void strangersLearnNothingAndWrongCursorsAreSaid() {
        signUp("ada");
        var token = signIn("ada").text("accessToken");
        assertThat(send("GET", "/api/storage", null).status()).isEqualTo(401);
        assertThat(send("GET", "/api/storage/largest", null).status()).isEqualTo(401);
        assertThat(send("GET", "/api/storage/largest?cursor=nonsense", null, "Authorization", "Bearer " + token).code()).isEqualTo("bad-cursor");
        assertThat(send("GET", "/api/storage/largest?limit=0", null, "Authorization", "Bearer " + token).code()).isEqualTo("bad-value");
        var mine = send("GET", "/api/storage", null, "Authorization", "Bearer " + token).json();
        assertThat(Arrays.asList(mine.get("usedBytes").asLong(), mine.get("photos").get("files").asLong())).containsOnly(0L);
    }
}
