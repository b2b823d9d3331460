package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.upload.CreateUpload;
import picup.library.upload.EndUpload;
import picup.member.RunningPicup;
import picup.platform.MemberId;

/// What a space says it uses is the sum of what is in it.
class ReconcileSpacesModuleTest extends RunningPicup {
    private static final int LOOKS = 60;

    @Autowired
    private ReconcileSpaces reconcile;

    @Autowired
    private Spaces spaces;

    @Autowired
    private Originals originals;

    @Autowired
    private Ledger ledger;

    @Autowired
    private CreateUpload creating;

    @Autowired
    private EndUpload ending;

    @Autowired
    private TransactionTemplate transaction;

    private final MemberId member = MemberId.random();

    /// A look goes through all spaces, and other tests leave thousands.
    @BeforeEach
    void nobodyHasASpace() {
        database.sql("TRUNCATE storage.space").update();
    }

    private void keep(byte[] bytes) throws IOException {
        try (var staged = originals.stage(new ByteArrayInputStream(bytes), 1_000_000)) {
            var kept = ledger.keep(staged);
            transaction.executeWithoutResult(_ -> ledger.hold(member, kept));
        }
    }

    private static byte[] bytes(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private boolean drifts() {
        return reconcile.drifts().stream().anyMatch(drift -> drift.owner().equals(member));
    }

    @Test
    void aDriftIsFoundPutRightAndCounted() throws Exception {
        keep(bytes(1, 1000));
        keep(bytes(2, 500));
        creating.run(member, new CreateUpload.Wish(7000L, null, false));
        database.sql("UPDATE storage.space SET used_bytes = 1400, reserved_bytes = 7001 WHERE owner_id = ?").param(member.value()).update();

        assertThat(reconcile.repair()).contains(new ReconcileSpaces.Drift(member, 1400, 1500, 7001, 7000));

        assertThat(reconcile.lastDriftBytes()).hasValue(101);
        assertThat(spaces.of(member).usedBytes()).isEqualTo(1500);
        assertThat(database.sql("SELECT reserved_bytes FROM storage.space WHERE owner_id = ?").param(member.value()).query(Long.class).single()).isEqualTo(7000);
        assertThat(drifts()).isFalse();
        reconcile.repair();
        assertThat(reconcile.lastDriftBytes()).hasValue(0);
    }

    /// It runs while people upload and delete: no snapshot is half of a change.
    @Test
    void nothingIsADriftThatOnlyHappensAtTheSameTime() throws Exception {
        var looks = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Void>>();
            for (int thread = 0; thread < 3; thread++) {
                int seed = thread;
                work.add(() -> {
                    for (int round = 0; looks.get() < LOOKS; round++) {
                        var bytes = bytes(seed * 1000L + round, 100 + round);
                        keep(bytes);
                        var upload = creating.run(member, new CreateUpload.Wish(100L + round, null, false));
                        ending.run(member, upload.id());
                        try (var staged = originals.stage(new ByteArrayInputStream(bytes), 1_000_000)) {
                            transaction.executeWithoutResult(_ -> ledger.release(member, java.util.List.of(staged.digest())));
                        }
                    }
                    return null;
                });
            }
            work.add(() -> {
                while (looks.get() < LOOKS) {
                    assertThat(drifts()).isFalse();
                    looks.incrementAndGet();
                }
                return null;
            });
            for (var each : threads.invokeAll(work)) {
                each.get();
            }
        }
        assertThat(spaces.of(member).usedBytes()).isZero();
    }
}
