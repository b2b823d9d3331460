package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;
import picup.decoder.Limits;
import picup.decoder.RenditionFile;

/// Real decoder processes, and what happens to them.
class DecoderPoolTest {

    @TempDir
    Path folder;

    private Path out;
    private Path photo;

    @BeforeEach
    void makeAPhoto() throws Exception {
        out = Files.createDirectory(folder.resolve("out"));
        photo = new MadeFiles(folder).jpeg("photo.jpg", 1000, 750);
    }

    @Test
    void aPhotoComesBackAsFactsAndTwoPictures() throws Exception {
        Path large = new MadeFiles(folder).jpeg("large.jpg", 4000, 3000);
        try (DecoderPool pool = new DecoderPool(settings())) {
            assertThat(pool.decode(render(large))).isInstanceOfSatisfying(DecodeAnswer.Decoded.class, decoded -> {
                assertThat(decoded.facts().image().width()).isEqualTo(4000);
                assertThat(decoded.facts().image().height()).isEqualTo(3000);
                assertThat(decoded.facts().thumbHash()).isNotNull();
                assertThat(decoded.renditions()).extracting(RenditionFile::name, RenditionFile::width, RenditionFile::height)
                        .containsExactlyInAnyOrder(tuple(RenditionFile.Name.PREVIEW, 1920, 1440), tuple(RenditionFile.Name.THUMB, 341, 256));
            });
            assertThat(out.resolve("thumb")).isRegularFile();
            assertThat(Files.getPosixFilePermissions(out.resolve("preview"))).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        }
    }

    @Test
    void originalsInAClosedFolderAreReadWithoutOpeningItAndStayAsTheyWere() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path original = Files.copy(photo, closed.resolve("original"));
        Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        try (DecoderPool pool = new DecoderPool(settings())) {
            assertThat(pool.decode(render(original))).isInstanceOf(DecodeAnswer.Decoded.class);
        }
        assertThat(Files.getPosixFilePermissions(original)).isEqualTo(PosixFilePermissions.fromString("r--------"));
        assertThat(Files.mismatch(original, photo)).isEqualTo(-1);
    }

    @Test
    void aDecoderThatIsKilledCostsOneAttempt() throws Exception {
        try (DecoderPool pool = new DecoderPool(settings())) {
            long pid = warm(pool);
            signal("STOP", pid);
            Future<DecodeAnswer> answer = inBackground(() -> pool.decode(render(photo)));
            signal("KILL", pid);

            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
                    .havingCause().isInstanceOfSatisfying(DecoderLost.class, lost -> assertThat(lost.why()).isEqualTo(DecoderLost.Cause.CRASHED));
            assertThat(pool.decode(render(photo))).isInstanceOf(DecodeAnswer.Decoded.class);
        }
    }

    @Test
    void aDecoderThatHangsIsEndedAtTheDeadline() throws Exception {
        try (DecoderPool pool = new DecoderPool(settings())) {
            long pid = warm(pool);
            signal("STOP", pid);
            Limits short_ = new Limits(Limits.MAX_PIXELS, Limits.MAX_FRAMES, Limits.MAX_MEMORY_BYTES, Duration.ofMillis(500));

            assertThatExceptionOfType(DecoderLost.class)
                    .isThrownBy(() -> pool.decode(new DecodeRequest(DecodeRequest.Task.RENDER, photo, out, FileKind.JPEG, short_)))
                    .satisfies(lost -> assertThat(lost.why()).isEqualTo(DecoderLost.Cause.HUNG));
            // Bubblewrap's end is waited for; what it held ends with it, a moment later.
            await().atMost(10, TimeUnit.SECONDS).until(() -> !alive(pid));
            assertThat(pool.decode(render(photo))).isInstanceOf(DecodeAnswer.Decoded.class);
        }
    }

    @Test
    void aDecoderThatTakesTooMuchMemoryIsEnded() throws Exception {
        // libvips has to hold an interlaced PNG as a whole: 8000 × 8000 × 3 bytes are more than the pool allows, and the request allows enough.
        Path huge = new MadeFiles(folder).interlacedPng("huge.png", 8000, 8000);
        DecoderSettings d = settings();
        DecoderSettings little = new DecoderSettings(1, 500, 160 << 20, d.deadline(), 1, d.idle(), d.startWithin(), d.maxOutputBytes(), d.workFolder(),
                d.unprivilegedId());
        try (DecoderPool pool = new DecoderPool(little)) {
            assertThatExceptionOfType(DecoderLost.class).isThrownBy(() -> pool.decode(DecodeRequest.render(huge, out, FileKind.PNG)))
                    .satisfies(lost -> assertThat(lost.why()).isEqualTo(DecoderLost.Cause.OUT_OF_MEMORY));
            assertThat(pool.decode(render(photo))).isInstanceOf(DecodeAnswer.Decoded.class);
        }
    }

    @Test
    void whatNeedsMoreMemoryThanItMayHaveIsRefusedBeforeItIsDecoded() throws Exception {
        Path huge = new MadeFiles(folder).interlacedPng("huge.png", 8000, 8000);
        Limits little = new Limits(Limits.MAX_PIXELS, Limits.MAX_FRAMES, 300 << 20, Duration.ofSeconds(30));
        try (DecoderPool pool = new DecoderPool(settings())) {
            long pid = warm(pool);
            assertThat(pool.decode(new DecodeRequest(DecodeRequest.Task.RENDER, huge, out, FileKind.PNG, little)))
                    .isInstanceOfSatisfying(DecodeAnswer.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(DecodeAnswer.Reason.TOO_MANY_PIXELS);
                        assertThat(refused.detail()).contains("343 MB").contains("300");
                    });
            assertThat(alive(pid)).isTrue();
        }
    }

    @Test
    void aBudgetForOneLetsLargePicturesWorkOneAfterTheOther() throws Exception {
        Path large = new MadeFiles(folder).interlacedPng("large.png", 5000, 5000);
        // Each takes 160 + 72 MB: two of them would fit the decoders, but not the budget.
        DecodingBudget budget = new DecodingBudget(2, 400L << 20);
        try (DecoderPool pool = new DecoderPool(settings(), budget); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DecodeAnswer>> answers = IntStream.range(0, 3).mapToObj(i -> callers.submit(() ->
                    pool.decode(DecodeRequest.render(large, Files.createDirectory(out.resolve("o" + i)), FileKind.PNG)))).toList();
            long most = 0;
            while (!answers.stream().allMatch(Future::isDone)) {
                most = Math.max(most, budget.state().grantedBytes());
                LockSupport.parkNanos(1_000_000);
            }
            for (Future<DecodeAnswer> answer : answers) {
                assertThat(answer.get()).isInstanceOf(DecodeAnswer.Decoded.class);
            }
            assertThat(most).isBetween((160L << 20) + 5000 * 5000 * 3, 400L << 20);
            assertThat(budget.state()).isEqualTo(new DecodingBudget.State(0, 0, 0));
        }
    }

    @Test
    void aDecoderIsReplacedAfterItsFiles() throws Exception {
        DecoderSettings d = settings();
        DecoderSettings two = new DecoderSettings(1, 2, d.memoryBytes(), d.deadline(), 1, d.idle(), d.startWithin(), d.maxOutputBytes(), d.workFolder(),
                d.unprivilegedId());
        try (DecoderPool pool = new DecoderPool(two)) {
            long first = warm(pool);
            pool.decode(render(photo));
            await().atMost(10, TimeUnit.SECONDS).until(() -> pool.idle() == 1 && !java(pool).contains(first));
            assertThat(alive(first)).isFalse();
        }
    }

    @Test
    void idleDecodersAreEndedButForOne() throws Exception {
        DecoderSettings d = settings();
        DecoderSettings impatient = new DecoderSettings(3, 500, d.memoryBytes(), d.deadline(), 1, Duration.ofMillis(300), d.startWithin(),
                d.maxOutputBytes(), d.workFolder(), d.unprivilegedId());
        try (DecoderPool pool = new DecoderPool(impatient); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DecodeAnswer>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> callers.submit(() -> pool.decode(render(photo, Files.createDirectory(out.resolve("o" + i)))))).toList();
            for (Future<DecodeAnswer> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(DecodeAnswer.Decoded.class);
            }
            await().atMost(10, TimeUnit.SECONDS).until(() -> pool.pids().size() == 1);
        }
    }

    @Test
    void aDecoderHasNoSecretNoNetworkAndNoRights() throws Exception {
        try (DecoderPool pool = new DecoderPool(settings())) {
            long pid = warm(pool);
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
            assertThat(environment.split("\0")).allMatch(entry -> entry.matches("(PATH|LANG|TZ|TMPDIR|PWD|MALLOC_ARENA_MAX|VIPS_WARNING)=.*"));
            String status = Files.readString(Path.of("/proc/" + pid + "/status"));
            assertThat(status).containsPattern("NoNewPrivs:\\s+1").containsPattern("CapEff:\\s+0{16}");
            if (Sandbox.detect(settings()).droppedToId().isPresent()) {
                assertThat(status).containsPattern("Uid:\\s+65533\\s+65533\\s+65533\\s+65533").containsPattern("CapBnd:\\s+0{16}");
            }
            if (Sandbox.detect(settings()).ownView()) {
                assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net"))).isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
            }
        }
    }

    @Test
    void aMissingFileIsTheCallersMistakeAndCostsNoDecoder() throws Exception {
        try (DecoderPool pool = new DecoderPool(settings())) {
            warm(pool);
            assertThatIllegalArgumentException().isThrownBy(() -> pool.decode(render(folder.resolve("nothing.jpg"))));
            assertThat(pool.decode(render(photo))).isInstanceOf(DecodeAnswer.Decoded.class);
        }
    }

    @Test
    void aClosedPoolEndsItsDecodersAndSaysSo() throws Exception {
        DecoderPool pool = new DecoderPool(settings());
        long pid = warm(pool);
        pool.close();
        await().atMost(10, TimeUnit.SECONDS).until(() -> !alive(pid));
        assertThat(settings().workFolder()).isEmptyDirectory();
        assertThatExceptionOfType(DecoderLost.class).isThrownBy(() -> pool.decode(render(photo)))
                .satisfies(lost -> assertThat(lost.why()).isEqualTo(DecoderLost.Cause.CLOSED));
    }

    @Test
    void decodersAndTheirProgramsDieWithAKilledParent() throws Exception {
        Path video = new MadeFiles(folder).video("long.mp4", "-f", "lavfi", "-i", "testsrc2=s=640x360:d=120", "-c:v", "mpeg4", "-q:v", "5");
        Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), LonelyParent.class.getName(), folder.resolve("work").toString(), video.toString(), out.toString())
                .redirectErrorStream(true).start();
        Set<Long> family = await().atMost(2, TimeUnit.MINUTES).until(() -> descendants(parent), pids -> pids.size() >= 2 && runsFfmpeg(pids));

        parent.destroyForcibly().waitFor();

        await().atMost(5, TimeUnit.SECONDS).until(() -> family.stream().noneMatch(DecoderPoolTest::alive));
    }

    /// Started in a process of its own, to be killed.
    static final class LonelyParent {
        public static void main(String[] arguments) throws Exception {
            DecoderPool pool = new DecoderPool(DecoderSettings.defaults(Path.of(arguments[0])));
            pool.decode(DecodeRequest.playable(Path.of(arguments[1]), Path.of(arguments[2]), FileKind.MP4));
        }
    }

    private DecoderSettings settings() {
        return DecoderSettings.defaults(folder.resolve("work")).withCount(1);
    }

    private DecodeRequest render(Path file) {
        return render(file, out);
    }

    private static DecodeRequest render(Path file, Path out) {
        return DecodeRequest.render(file, out, FileKind.JPEG);
    }

    /// The process id of the one decoder itself, which has proved that it works.
    private long warm(DecoderPool pool) throws Exception {
        pool.warm();
        await().atMost(20, TimeUnit.SECONDS).until(() -> pool.idle() == 1);
        assertThat(pool.decode(render(photo))).isInstanceOf(DecodeAnswer.Decoded.class);
        return java(pool).iterator().next();
    }

    /// Bubblewrap may be above them.
    private static Set<Long> java(DecoderPool pool) {
        return pool.pids().stream().flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(top -> Stream.concat(Stream.of(top), top.descendants())).map(ProcessHandle::pid)
                .filter(pid -> comm(pid).equals("java")).collect(Collectors.toSet());
    }

    private static String comm(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm"), StandardCharsets.UTF_8).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    private static Future<DecodeAnswer> inBackground(Callable<DecodeAnswer> work) {
        FutureTask<DecodeAnswer> task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    private static Set<Long> descendants(Process parent) {
        return parent.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static boolean runsFfmpeg(Set<Long> pids) {
        return pids.stream().anyMatch(pid -> comm(pid).equals("ffmpeg"));
    }

    private static boolean alive(long pid) {
        return Optional.of(Path.of("/proc/" + pid + "/stat")).filter(Files::exists).map(stat -> {
            try {
                return !Files.readString(stat).contains(") Z ");
            } catch (IOException ended) {
                return false;
            }
        }).orElse(false);
    }

    private static void signal(String name, long pid) throws Exception {
        MadeFiles.run("kill", "-" + name, Long.toString(pid));
    }
}
