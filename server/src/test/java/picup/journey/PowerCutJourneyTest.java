package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What a power cut leaves: a file system that forgets whatever was not fsynced (`server/src/test/c/forgetful.c`) lies below the whole data
/// folder, PostgreSQL's too.
///
/// `-Dpicup.power.cuts=20` for more cuts, `-Dpicup.power.seed=N` for the same moments again.
class PowerCutJourneyTest {
    private static final int CUTS = Integer.getInteger("picup.power.cuts", 1);
    private static final long SEED = Long.getLong("picup.power.seed", System.nanoTime());
    private static final List<String> MEMBERS = List.of("mina", "joon");
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void everyReceiptHoldsAfterAPowerCut() throws Exception {
        System.out.printf("PowerCutJourneyTest: %d cuts, -Dpicup.power.seed=%d%n", CUTS, SEED);
        var program = Disk.compile(folder);
        var random = new Random(SEED);
        var data = Files.createDirectory(folder.resolve("disk-0"));
        Map<String, Map<String, Integer>> kept = new TreeMap<>();
        for (int cut = 0; cut < CUTS; cut++) {
            try (var disk = new Disk(program, data, folder.resolve("cut-" + cut))) {
                var picup = Instance.starting(folder, "picup.data=" + disk.mounted().resolve("data"), InstanceClients.WITHOUT_GUARD);
                try {
                    picup.awaitReady();
                    if (cut == 0) {
                        MEMBERS.forEach(name -> Person.signUp(picup.address(), name));
                    }
                    requireKept(kept, picup);
                    kept = workUntilThePowerIsCut(picup, disk, random, kept);
                } finally {
                    picup.kill();
                }
                data = disk.left();
            }
        }
        try (var picup = Instance.starting(folder, "picup.data=" + data.resolve("data"), InstanceClients.WITHOUT_GUARD)) {
            picup.awaitReady();
            requireKept(kept, picup);
        }
    }

    private static void requireKept(Map<String, Map<String, Integer>> kept, Instance picup) {
        kept.forEach((name, receipts) -> KeptPictures.requireAtLeast(receipts, Person.signIn(picup.address(), name)));
    }

    /// @return what the members have by all receipts: what was being deleted at the end counts as deleted
    private static Map<String, Map<String, Integer>> workUntilThePowerIsCut(Instance picup, Disk disk, Random random, Map<String, Map<String, Integer>> before)
            throws Exception {
        try (var clients = new InstanceClients(picup.address(), MEMBERS, 2, random.nextLong())) {
            long started = System.nanoTime();
            Awaitility.await("the first receipt").atMost(RECOVERY).until(() -> clients.receivedSince(started));
            Thread.sleep(500 + random.nextInt(3000));
            disk.cutPower();
            var kept = clients.snapshot();
            before.forEach((name, receipts) -> kept.merge(name, receipts, (now, earlier) -> {
                var all = new TreeMap<>(earlier);
                all.putAll(now);
                return all;
            }));
            System.out.printf("cut after %d uploads and %d deletions%n", clients.uploads.get(), clients.deletions.get());
            return kept;
        }
    }

    /// The forgetful file system over a folder.
    private static final class Disk implements AutoCloseable {
        private final Path mounted;
        private final Path store;

        Disk(Path program, Path now, Path own) throws IOException, InterruptedException {
            mounted = Files.createDirectories(own.resolve("mounted"));
            store = Files.createDirectories(own.resolve("store"));
            assumeTrue(run(program.toString(), now.toString(), store.toString(), mounted.toString(), "-s", "-o", "allow_other,default_permissions") == 0,
                    "SKIPPED: this system lets nobody mount a file system of one's own");
        }

        static Path compile(Path folder) throws IOException, InterruptedException {
            var program = folder.resolve("forgetful");
            assertThat(run("sh", "-c", "cc -O2 -o '%s' src/test/c/forgetful.c $(pkg-config --cflags --libs fuse3)".formatted(program)))
                    .as("the compiler, see the log of this test").isZero();
            return program;
        }

        Path mounted() {
            return mounted;
        }

        /// Takes a moment, in which everything on the disk stands still.
        void cutPower() throws IOException {
            Files.writeString(mounted.resolve(".power-cut"), "now");
        }

        /// What the disk holds afterwards.
        Path left() {
            return store.resolve("after");
        }

        private static int run(String... command) throws IOException, InterruptedException {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            // Lazily: what is being killed may still have a file open.
            var ended = new ProcessBuilder("fusermount3", "-u", "-z", mounted.toString()).directory(store.toFile()).inheritIO().start();
            assertThat(ended.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
