package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.RunningPicup;
import picup.platform.MemberId;

/// Bytes that are kept and removed at the same moment.
class LedgerModuleTest extends RunningPicup {
    @Autowired
    private Originals originals;

    @Autowired
    private Ledger ledger;

    @Autowired
    private RemoveUnheldBytes removal;

    @Autowired
    private TransactionTemplate transaction;

    private final MemberId member = MemberId.random();

    private StagedOriginal staged() throws IOException {
        return originals.stage(new ByteArrayInputStream(("picture " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8)), 1000);
    }

    private Ledger.Held hold(MemberId owner, Ledger.Kept kept) {
        return transaction.execute(_ -> ledger.hold(owner, kept));
    }

    private long blobs(Digest digest) {
        return database.sql("SELECT count(*) FROM storage.blob WHERE digest = ?").param(digest.bytes()).query(Long.class).single();
    }

    @Test
    void bytesThatWereRemovedAfterTheyHadBeenKeptAreKeptOnceMore() throws IOException {
        try (var staged = staged()) {
            var kept = ledger.keep(staged);
            assertThat(removal.removeIfUnheld(staged.digest())).isTrue();
            assertThat(hold(member, kept)).isEqualTo(new Ledger.Held.BytesGone());
            assertThat(hold(member, ledger.keep(staged))).isEqualTo(new Ledger.Held.Now());
            assertThat(originals.has(staged.digest(), staged.sizeBytes())).isTrue();
        }
    }

    @Test
    void aRemovalThatIsForgottenCostsAnUploadOneMoreTry() throws IOException {
        try (var staged = staged()) {
            ledger.keep(staged);
            removal.removeIfUnheld(staged.digest());
            var kept = ledger.keep(staged);
            removal.forgetBefore(Instant.now().plusSeconds(3600));
            assertThat(hold(member, kept)).isEqualTo(new Ledger.Held.BytesGone());
            assertThat(hold(member, ledger.keep(staged))).isEqualTo(new Ledger.Held.Now());
        }
    }

    @Test
    void whatSomebodyHoldsIsKnownOnceAndForgottenWithTheBytes() throws IOException {
        try (var staged = staged()) {
            var kept = ledger.keep(staged);
            var other = MemberId.random();
            assertThat(hold(member, kept)).isEqualTo(new Ledger.Held.Now());
            assertThat(hold(member, kept)).isEqualTo(new Ledger.Held.Already());
            assertThat(hold(other, kept)).isEqualTo(new Ledger.Held.Now());
            assertThat(blobs(staged.digest())).isEqualTo(1);
            assertThat(removal.removeIfUnheld(staged.digest())).isFalse();
            transaction.executeWithoutResult(_ -> List.of(member, other).forEach(owner -> ledger.release(owner, List.of(staged.digest()))));
            removal.removeIfUnheld(staged.digest());
            assertThat(originals.has(staged.digest(), staged.sizeBytes())).isFalse();
            assertThat(blobs(staged.digest())).isZero();
        }
    }

    /// Four owners upload and delete the same bytes, while removals come at any moment. Whoever holds them finds them.
    @Test
    void whoeverHoldsBytesFindsThemWhateverIsRemovedMeanwhile() throws Exception {
        try (var staged = staged(); var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = java.util.stream.IntStream.range(0, 4).mapToObj(seed -> people.submit(() -> {
                var random = new Random(seed);
                var owner = MemberId.random();
                for (int round = 0; round < 100; round++) {
                    while (hold(owner, ledger.keep(staged)) instanceof Ledger.Held.BytesGone) {
                        Thread.onSpinWait();
                    }
                    assertThat(originals.has(staged.digest(), staged.sizeBytes())).as("round %d of %d", round, seed).isTrue();
                    transaction.executeWithoutResult(_ -> ledger.release(owner, List.of(staged.digest())));
                    if (random.nextBoolean()) {
                        removal.removeIfUnheld(staged.digest());
                    }
                }
                return null;
            })).toList();
            for (var each : all) {
                each.get();
            }
        }
    }
}
