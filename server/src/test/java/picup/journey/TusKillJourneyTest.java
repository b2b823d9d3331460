package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static picup.journey.InstanceClients.sha256;
import static picup.journey.Person.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.TestDatabase;

/// Uploads in pieces while the server is killed, told to stop, or is not the only one.
///
/// `-Dpicup.tus.kills=6` for more kills (`./picup bench tus-kill`).
class TusKillJourneyTest {
    private static final int KILLS = Integer.getInteger("picup.tus.kills", 2);

    /// Each kill comes after another commit of 16 MB.
    private static final int FILE_BYTES = 20_000_000 * (KILLS + 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] FILE = largeFile();
    private static final String DIGEST = sha256(FILE);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /// A video as far as its head says; its decoder will find it broken, and the original stays as it is.
    private static byte[] largeFile() {
        var head = Samples.video();
        var file = new byte[FILE_BYTES];
        var random = new SplittableRandom(7);
        random.nextBytes(file);
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }

    private String announced;

    @BeforeEach
    void announce() {
        announced = TusClient.metadata(Map.of("filename", "large.mp4", "sha256", DIGEST));
    }

    private byte[] from(long from, long to) {
        return Arrays.copyOfRange(FILE, (int) from, (int) Math.min(to, FILE.length));
    }

    private Path part(String upload) {
        return folder.resolve("data/originals/uploads").resolve(upload.substring(upload.lastIndexOf('/') + 1));
    }

    private static long told(TusClient tus, String upload) {
        return tus.person().get(upload).json().get("offsetBytes").asLong();
    }

    private void finish(TusClient tus, String upload) {
        var last = require(204, tus.rest(upload, FILE));
        assertThat(last.header("Picup-Outcome")).isEqualTo("added");
        assertThat(Arrays.equals(tus.person().get("/api/pictures/" + last.header("Picup-Picture") + "/original").body(), FILE)).isTrue();
        assertThat(tus.person().get("/api/space").json().get("usedBytes").asLong()).isEqualTo(FILE.length);
    }

    @Test
    void anOffsetIsNeverAheadOfTheDiskWhoeverKillsTheServer() throws Exception {
        try (var picup = new Instance(folder)) {
            var tus = new TusClient(Person.signUp(picup.address(), "mina"));
            var upload = tus.begin(FILE.length, "Upload-Metadata", announced);
            for (int kill = 0; kill < KILLS; kill++) {
                long from = tus.offset(upload);
                var sending = CompletableFuture.runAsync(() -> tus.patch(upload, from, from(from, from + (long) FILE_BYTES / KILLS + (16 << 20))));
                Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> sending.isDone() || told(tus, upload) > from);
                picup.killServerAndStartAgain();
                sending.exceptionally(_ -> null).join();
                long offset = tus.offset(upload);
                assertThat(offset).isGreaterThan(from).isLessThanOrEqualTo(Files.size(part(upload)));
                System.out.printf("killed at %,d of %,d bytes, %,d on disk%n", offset, FILE.length, Files.size(part(upload)));
            }
            finish(tus, upload);
        }
    }

    @Test
    void aServerThatIsToldToStopKeepsWhatHasArrived() throws Exception {
        try (var picup = new Instance(folder)) {
            var tus = new TusClient(Person.signUp(picup.address(), "mina"));
            var upload = tus.begin(FILE.length, "Upload-Metadata", announced);
            int sent = 20_000_000;
            try (var hanging = tus.hanging(upload, 0, FILE.length)) {
                hanging.send(from(0, sent));
                Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(part(upload)) && Files.size(part(upload)) >= sent - 256 * 1024);
                var stopped = CompletableFuture.runAsync(() -> terminate(picup));
                assertThat(answerWhileSending(hanging, sent)).contains(" 503");
                stopped.join();
            }
            assertThat(Files.size(part(upload))).isGreaterThan(sent - 256 * 1024);
            picup.startAgain();
            assertThat(tus.offset(upload)).isGreaterThanOrEqualTo(sent - 256 * 1024);
            finish(tus, upload);
        }
    }

    private static void terminate(Instance picup) {
        try {
            picup.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The client goes on, byte by byte, until it hears something.
    private String answerWhileSending(TusClient.Hanging hanging, int from) throws IOException {
        try {
            for (int at = from; hanging.socket().getInputStream().available() == 0; at++) {
                hanging.send(from(at, at + 1));
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // closed; what it said before can still be read
        }
        return hanging.answer();
    }

    @Test
    void anotherProcessGoesOnWhereOneHasStopped() throws Exception {
        var database = TestDatabase.empty();
        var shared = new String[] {"picup.database.url=" + database.url(), "picup.database.username=" + database.username(),
                "picup.database.password=" + database.password(), "picup.database.connections=6"};
        try (var one = Instance.starting(folder, shared)) {
            one.awaitReady();
            var tus = new TusClient(Person.signUp(one.address(), "mina"));
            var second = Files.createDirectory(folder.resolve("second"));
            try (var other = Instance.starting(second, concat(shared, "picup.roles=storage", "picup.data=" + folder.resolve("data"), "picup.member-url=" + one.address()))) {
                other.awaitReady();
                var there = new TusClient(new Person(other.address(), tus.person().token()));
                var upload = tus.begin(FILE.length, "Upload-Metadata", announced);
                try (var hanging = tus.hanging(upload, 0, FILE.length)) {
                    hanging.send(from(0, 1_000_000));
                    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(part(upload)));
                    var busy = there.patch(upload, 0, from(0, 1000));
                    assertThat(busy.status()).as(busy.toString()).isEqualTo(423);
                    assertThat(busy.code()).isEqualTo("upload-busy");
                }
                Awaitility.await().atMost(PATIENCE).until(() -> told(there, upload) > 0);
                long offset = there.offset(upload);
                require(204, there.patch(upload, offset, from(offset, 20_000_000)));
                require(204, tus.patch(upload, 20_000_000, from(20_000_000, 40_000_000)));
                finish(there, upload);
            }
            assertThat(Files.readString(one.log())).as("a connection that was cut is no failure of the server").doesNotContain(" ERROR ");
        }
    }

    private static String[] concat(String[] some, String... more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
