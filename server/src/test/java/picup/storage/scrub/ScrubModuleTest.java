package picup.storage.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.jobs.NotNow;
import picup.storage.Digest;
import picup.storage.Health;
import picup.storage.HealthRecords;
import picup.storage.LastBackup;
import picup.storage.Ledger;
import picup.storage.Originals;
import picup.storage.blob.BlobStore;
import picup.storage.blob.DiskBlobs;
import picup.storage.blob.SecondStore;
import picup.storage.blob.StoreUnavailable;
import picup.storage.scrub.DueOriginals.Why;

/// Originals go bad on real disks, and the scrub finds them and heals what can be healed.
class ScrubModuleTest extends RunningPicup {
    private static final Path COPIES = folder();
    private static final Duration PERIOD = Duration.ofDays(30);

    @DynamicPropertySource
    static void secondDisk(DynamicPropertyRegistry properties) {
        properties.add("picup.storage.copy-folder", COPIES::toString);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("picup-test-copies");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Autowired
    private Originals originals;

    @Autowired
    private Ledger ledger;

    @Autowired
    private DiskBlobs disk;

    @Autowired
    private SecondStore second;

    @Autowired
    private ScrubOriginals scrub;

    @Autowired
    private TendOriginal tend;

    @Autowired
    private DueOriginals due;

    @Autowired
    private HealthRecords health;

    @Autowired
    private ShowStorageHealth shown;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Pace pace;

    private final MemberId owner = MemberId.random();
    private byte[] bytes;
    private Digest digest;

    /// A picture of several buffers and half a block.
    @BeforeEach
    void keepOne() throws Exception {
        Awaitility.await("no round by the calendar goes on").until(() -> database.sql("SELECT NOT EXISTS (SELECT FROM storage.care_job WHERE picked OR execution_time <= now())")
                .query(Boolean.class).single());
        bytes = new byte[700_123];
        new Random().nextBytes(bytes);
        digest = keep(bytes);
    }

    @AfterEach
    void giveUpAll() {
        database.sql("DELETE FROM storage.original").update();
        database.sql("DELETE FROM storage.blob").update();
    }

    private Digest keep(byte[] bytes) throws IOException {
        try (var staged = originals.stage(new ByteArrayInputStream(bytes), bytes.length)) {
            var kept = ledger.keep(staged);
            transaction.executeWithoutResult(_ -> ledger.hold(owner, kept));
            return staged.digest();
        }
    }

    private BlobStore copies() throws IOException {
        return Objects.requireNonNull(second.open());
    }

    private Path original() {
        return disk.file(digest).orElseThrow();
    }

    private Path copy() throws IOException {
        return copies().file(digest).orElseThrow();
    }

    private static void flipABit(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(300_000);
            int was = bytes.read();
            bytes.seek(300_000);
            bytes.write(was ^ 0x10);
        }
    }

    private String health() {
        return health.of(List.of(digest)).get(digest).text();
    }

    private int copiesKnown() {
        return health.of(List.of(digest)).get(digest).copies();
    }

    private void aPeriodLater() throws Exception {
        clock.advance(PERIOD.plusMinutes(1));
        scrub.tendAll();
    }

    private List<String> told() {
        return database.sql("SELECT action || ': ' || detail FROM storage.audit WHERE subject_id = ? ORDER BY id").param(owner.value()).query(String.class).list();
    }

    @Test
    void aNewOriginalIsReadBackAndCopied() throws Exception {
        assertThat(health()).isEqualTo("unchecked");

        assertThat(scrub.tendAll()).isEqualTo(1);

        assertThat(health()).isEqualTo("sound");
        assertThat(copiesKnown()).isEqualTo(2);
        assertThat(copy()).hasBinaryContent(bytes);
        assertThat(Files.getAttribute(copy(), "unix:ino")).as("a file of its own").isNotEqualTo(Files.getAttribute(original(), "unix:ino"));
        assertThat(scrub.tendAll()).as("before the period is over").isZero();
    }

    @Test
    void aFlippedBitIsFoundAndHealedFromTheCopy() throws Exception {
        scrub.tendAll();
        flipABit(original());
        assertThat(scrub.tendAll()).as("not looked at yet").isZero();

        aPeriodLater();

        assertThat(original()).hasBinaryContent(bytes);
        assertThat(health()).isEqualTo("sound");
        assertThat(copiesKnown()).isEqualTo(2);
        assertThat(told()).as("although it was healed at once").containsExactly("original-healed: altered " + digest);
    }

    @Test
    void aMissingOriginalIsHealedFromTheCopy() throws Exception {
        scrub.tendAll();
        Files.delete(original());
        aPeriodLater();
        assertThat(original()).hasBinaryContent(bytes);
        assertThat(health()).isEqualTo("sound");
    }

    @Test
    void aDamagedCopyIsMadeAgain() throws Exception {
        scrub.tendAll();
        flipABit(copy());
        aPeriodLater();
        assertThat(copy()).hasBinaryContent(bytes);
        Files.delete(copy());
        aPeriodLater();
        assertThat(copy()).hasBinaryContent(bytes);
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsBadInBothStoresIsReportedAndHealedByAnUpload() throws Exception {
        scrub.tendAll();
        flipABit(original());
        flipABit(copy());
        aPeriodLater();

        assertThat(health()).isEqualTo("altered");
        assertThat(copiesKnown()).isZero();
        assertThat(told()).containsExactly("original-damaged: altered " + digest);
        assertThat(shown.counted()).returns(1L, ShowStorageHealth.StorageHealth::altered).returns(0L, ShowStorageHealth.StorageHealth::sound);
        assertThat(shown.damaged(null, 10).damaged()).extracting(ShowStorageHealth.Damaged::sha256).containsExactly(digest.hex());
        assertThat(ledger.has(digest, bytes.length)).as("although its size is right").isFalse();

        keep(bytes);

        assertThat(original()).hasBinaryContent(bytes);
        assertThat(health()).as("as long as it was not read back").isEqualTo("altered");
        scrub.tendAll();
        assertThat(health()).isEqualTo("sound");
        assertThat(copiesKnown()).isEqualTo(2);
        assertThat(copy()).hasBinaryContent(bytes);
        assertThat(told()).containsExactly("original-damaged: altered " + digest, "original-healed: sound " + digest);
    }

    @Test
    void damageIsLookedAtAgainWithinADay() throws Exception {
        scrub.tendAll();
        Files.delete(original());
        Files.delete(copy());
        aPeriodLater();
        assertThat(health()).isEqualTo("missing");
        assertThat(scrub.tendAll()).isZero();
        Files.write(original(), bytes); // from a backup, by hand

        clock.advance(Duration.ofHours(25));
        scrub.tendAll();

        assertThat(health()).isEqualTo("sound");
    }

    /// Cut off in the middle of bringing the copy back: what a `kill -9` leaves, as everything of it was in memory but for the staged file.
    @Test
    void aHealingThatIsCutOffChangesNothingAndIsRepeatedByAnother() throws Exception {
        scrub.tendAll();
        flipABit(original());
        var altered = Files.readAllBytes(original());
        clock.advance(PERIOD.plusMinutes(1));
        var mine = due.claim(Why.LONG_AGO).orElseThrow();

        assertThatThrownBy(() -> tend.run(mine, new EndingInTheMiddle(copies()))).isInstanceOf(EndingInTheMiddle.Killed.class);

        assertThat(original()).hasBinaryContent(altered);
        assertThat(scrub.tendAll()).as("as long as the claim of the dead one stands").isZero();
        clock.advance(DueOriginals.CLAIM.plusSeconds(1));
        assertThat(scrub.tendAll()).isEqualTo(1);
        assertThat(original()).hasBinaryContent(bytes);
        assertThat(disk.incoming()).isEmptyDirectory();
    }

    @Test
    void noTwoWorkersTakeTheSame() throws Exception {
        keep(new byte[] {1, 2, 3});
        var one = due.claim(Why.NEVER_READ).orElseThrow();
        var other = due.claim(Why.NEVER_READ).orElseThrow();
        assertThat(one.digest()).isNotEqualTo(other.digest());
        assertThat(due.claim(Why.NEVER_READ)).isEmpty();
    }

    /// The first saw the damage, slept, and wakes when somebody has sent the bytes again.
    @Test
    void nobodyReportsOnBytesThatWereReplacedMeanwhile() throws Exception {
        Files.delete(original());
        Files.createDirectories(COPIES.resolve("incoming"));
        scrub.tendAll();
        assertThat(health()).isEqualTo("missing");
        clock.advance(Duration.ofHours(25));
        var sleeper = due.claim(Why.DAMAGED).orElseThrow();

        keep(bytes);

        assertThat(due.settle(sleeper, Health.State.ALTERED, null)).isFalse();
        scrub.tendAll();
        assertThat(health()).isEqualTo("sound");
    }

    @Test
    void aDiskThatIsNotMountedHasLostNothing() throws Exception {
        scrub.tendAll();
        clock.advance(PERIOD.plusMinutes(1));
        var folder = original().getParent();
        var elsewhere = Files.move(folder, folder.resolveSibling("elsewhere"));
        try {
            assertThatThrownBy(scrub::tendAll).isInstanceOf(StoreUnavailable.class);
        } finally {
            Files.move(elsewhere, folder);
        }
        assertThat(health()).isEqualTo("sound");
        assertThat(scrub.tendAll()).as("its claim was given back").isEqualTo(1);
    }

    @Test
    void aSecondDiskThatIsAwayKeepsTheFirstFromNothingAndIsNotBegunAnew() throws Exception {
        scrub.tendAll();
        var elsewhere = Files.move(COPIES, COPIES.resolveSibling(COPIES.getFileName() + "-elsewhere"));
        Files.createDirectory(COPIES); // the mount point that is left
        try {
            digest = keep(new byte[] {4, 5, 6});
            assertThat(scrub.tendAll()).isEqualTo(1);
            assertThat(health()).isEqualTo("sound");
            assertThat(copiesKnown()).isEqualTo(1);
            assertThat(COPIES).isEmptyDirectory();
        } finally {
            Files.delete(COPIES);
            Files.move(elsewhere, COPIES);
        }
        assertThat(scrub.tendAll()).isEqualTo(1);
        assertThat(copiesKnown()).isEqualTo(2);
    }

    @Test
    void whileAnUploadComesInTheScrubWaits() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor(); var sending = new PipedOutputStream(); var arriving = new PipedInputStream(sending)) {
            var upload = threads.submit(() -> originals.stage(arriving, 10));
            Awaitility.await().until(() -> originals.arriving() == 1);
            var reading = new AtomicReference<Thread>();
            var read = threads.submit(() -> {
                reading.set(Thread.currentThread());
                pace.take(4_000_000);
                return originals.arriving();
            });
            Awaitility.await().until(() -> reading.get() != null && reading.get().getState() == Thread.State.TIMED_WAITING);
            sending.write(1);
            sending.close();
            upload.get().close();
            assertThat(read.get()).as("uploads under way when it went on").isZero();
        }
    }

    @Test
    void aProcessThatStopsWaitsForNoFilm() throws Exception {
        pace.stop();
        try {
            assertThatThrownBy(() -> pace.take(1)).isInstanceOf(NotNow.class);
            assertThat(scrub.tendAll()).isZero();
            assertThat(health()).isEqualTo("unchecked");
        } finally {
            pace.start();
        }
        assertThat(scrub.tendAll()).as("what was claimed when it stopped was given back").isEqualTo(1);
    }

    @Test
    void theCopyGoesWithTheOriginal() throws Exception {
        scrub.tendAll();
        var copy = copy();
        assertThat(copy).exists();

        transaction.executeWithoutResult(_ -> ledger.release(owner, List.of(digest)));

        Awaitility.await().untilAsserted(() -> assertThat(copy).doesNotExist());
        assertThat(original()).doesNotExist();
    }

    private String bearer(String username) {
        signUp(username);
        return "Bearer " + signIn(username).text("accessToken");
    }

    @Test
    void administratorsSeeNumbersAndNobodyElseDoes() throws Exception {
        var admin = bearer("root");
        var other = bearer("mina");
        Files.delete(original());
        scrub.tendAll();

        var answer = send("GET", "/api/admin/storage-health", null, "Authorization", admin);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("originals", "bytes", "sound", "missing", "altered", "neverChecked", "lastCheckedAt", "copy",
                "lastBackup", "drift");
        var damaged = send("GET", "/api/admin/storage-health/damaged", null, "Authorization", admin).json().get("damaged");
        assertThat(damaged.get(0).get("state").asString()).isEqualTo("missing");
        assertThat(damaged.get(0).get("member").asString()).isEqualTo(owner.toString());
        assertThat(send("GET", "/api/admin/storage-health/damaged?cursor=x", null, "Authorization", admin).code()).isEqualTo("bad-cursor");
        for (var path : List.of("/api/admin/storage-health", "/api/admin/storage-health/damaged")) {
            assertThat(send("GET", path, null, "Authorization", other).status()).isEqualTo(404);
        }
    }

    @Test
    void theLastGoodBackupIsAmongTheNumbers() {
        assertThat(shown.counted().lastBackup()).isNull();
        database.sql("""
                INSERT INTO storage.backup (id, folder, name, began_at, lease_until, ended_at, failure)
                VALUES (gen_random_uuid(), '/b', 'good', '2020-01-01Z', '2020-01-01Z', '2020-01-01 02:00Z', NULL),
                       (gen_random_uuid(), '/b', 'failed', '2020-01-02Z', '2020-01-02Z', '2020-01-02 02:00Z', 'the disk is full')
                """).update();
        try {
            assertThat(shown.counted().lastBackup()).isEqualTo(new LastBackup.GoodBackup(Instant.parse("2020-01-01T02:00:00Z"), null, null));
        } finally {
            database.sql("DELETE FROM storage.backup").update();
        }
    }
}
