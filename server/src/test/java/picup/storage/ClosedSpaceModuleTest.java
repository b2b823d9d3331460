package picup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.MemberDeleted;
import picup.events.MemberReinstated;
import picup.events.MemberSignedUp;
import picup.events.MemberSuspended;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// Spaces follow their members, in whatever order the news come.
class ClosedSpaceModuleTest extends RunningPicup {
    private static final Instant AT = Instant.parse("2020-05-05T12:00:00Z");

    @Autowired
    private FollowMember follow;

    @Autowired
    private Spaces spaces;

    @Autowired
    private EmptySpace emptying;

    @Autowired
    private SweepClosedSpaces sweep;

    @Autowired
    private List<Belongings> belongings;

    @Autowired
    private TransactionTemplate transaction;

    private final MemberId member = MemberId.random();

    private void signedUp() {
        follow.on(new MemberSignedUp(Ids.next(), member, 1, "ada", "Ada", AT));
    }

    private void suspended(long sequence) {
        follow.on(new MemberSuspended(Ids.next(), member, sequence, AT));
    }

    private void reinstated(long sequence) {
        follow.on(new MemberReinstated(Ids.next(), member, sequence, AT));
    }

    private void deleted(long sequence) {
        follow.on(new MemberDeleted(Ids.next(), member, sequence, AT));
    }

    private String standing() {
        return database.sql("SELECT standing FROM storage.space WHERE owner_id = ?").param(member.value()).query(String.class).single();
    }

    private Problem refusal() {
        try {
            transaction.executeWithoutResult(_ -> spaces.charge(member, 1));
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("charged");
    }

    @Test
    void aDeletionThatOvertakesItsSignUpEndsInNothing() {
        deleted(2);
        signedUp();
        assertThat(standing()).isEqualTo("closed");
        assertThat(refusal()).isEqualTo(Problem.SESSION_ENDED);
        Awaitility.await().untilAsserted(() -> assertThat(sweep.leftovers()).doesNotContain(member));
        assertThat(spaces.of(member)).isEqualTo(new Spaces.Space(0, 0));
    }

    @Test
    void noOlderNewsOverridesANewer() {
        signedUp();
        reinstated(3);
        suspended(2);
        assertThat(standing()).isEqualTo("open");
        suspended(4);
        assertThat(refusal()).isEqualTo(Problem.SUSPENDED);
        reinstated(3);
        assertThat(standing()).isEqualTo("suspended");
        deleted(6);
        reinstated(7);
        assertThat(standing()).isEqualTo("closed");
        deleted(6);
        assertThat(standing()).isEqualTo("closed");
    }

    @Test
    void firstUseOpensASpaceAndNeverATombstone() {
        assertThat(transaction.<Spaces.Charge>execute(_ -> spaces.charge(member, 5))).isEqualTo(new Spaces.Charge.Charged());
        deleted(2);
        assertThat(refusal()).isEqualTo(Problem.SESSION_ENDED);
        assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> spaces.requireOpen(member))).isInstanceOf(ProblemException.class);
    }

    /// A write that was let in commits before the space closes, so that the removal finds what it wrote.
    @Test
    void theEndWaitsForAWriteThatIsUnderWay() throws Exception {
        signedUp();
        var letIn = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var write = threads.submit(() -> transaction.executeWithoutResult(_ -> {
                spaces.requireOpen(member);
                letIn.countDown();
                await(goOn);
                database.sql("INSERT INTO storage.album (owner_id, id, name, made_at) VALUES (?, ?, 'late', now())")
                        .params(member.value(), Ids.next()).update();
            }));
            letIn.await();
            var end = threads.submit(() -> deleted(2));
            Awaitility.await().until(() -> database.sql("SELECT count(*) FROM pg_locks WHERE NOT granted").query(Long.class).single() > 0);
            assertThat(end.isDone()).isFalse();
            goOn.countDown();
            write.get();
            end.get();
        }
        Awaitility.await().untilAsserted(() -> assertThat(sweep.leftovers()).doesNotContain(member));
        assertThat(albums()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long albums() {
        return database.sql("SELECT count(*) FROM storage.album WHERE owner_id = ?").param(member.value()).query(Long.class).single();
    }

    @Test
    void tenThousandPicturesGoInSmallTransactions() {
        signedUp();
        addPictures(10_000);
        var library = belongings.stream().filter(each -> !(each instanceof Ledger)).findAny().orElseThrow();
        Integer some = transaction.execute(_ -> library.removeSome(member, EmptySpace.BATCH));
        assertThat(some).isEqualTo(EmptySpace.BATCH);
        assertThat(pictures()).isEqualTo(10_000 - EmptySpace.BATCH);

        assertThatThrownBy(() -> emptying.run(new EmptySpace.Closed(member))).hasMessageContaining("not closed");
        assertThat(pictures()).isEqualTo(10_000 - EmptySpace.BATCH);
        deleted(2);

        Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(sweep.leftovers()).doesNotContain(member));
        assertThat(pictures()).isZero();
        assertThat(spaces.of(member)).isEqualTo(new Spaces.Space(0, 0));
    }

    /// Rows as an import of so many would leave them.
    private void addPictures(int many) {
        database.sql("""
                WITH bytes AS (
                    INSERT INTO storage.original (owner_id, digest, size_bytes, kept_at)
                    SELECT :owner, sha256(convert_to(:owner || '-' || i, 'UTF8')), 1000, now() FROM generate_series(1, :many) AS i
                    RETURNING digest)
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at)
                SELECT :owner, gen_random_uuid(), digest, 'jpeg', 'a.jpg', 1000, 'ready', timestamp '2020-01-01', 'upload', now() FROM bytes
                """)
                .param("owner", member.value()).param("many", many).update();
        database.sql("UPDATE storage.space SET used_bytes = ? WHERE owner_id = ?").params(1000L * many, member.value()).update();
    }

    private long pictures() {
        return database.sql("SELECT count(*) FROM storage.picture WHERE owner_id = ?").param(member.value()).query(Long.class).single();
    }

    @Test
    void theReconcileFindsAndRemovesWhatIsLeft() {
        deleted(2);
        Awaitility.await().untilAsserted(() -> assertThat(sweep.leftovers()).doesNotContain(member));
        database.sql("INSERT INTO storage.album (owner_id, id, name, made_at) VALUES (?, ?, 'left', now())").params(member.value(), UUID.randomUUID()).update();
        assertThat(sweep.leftovers()).contains(member);

        assertThat(sweep.repair()).contains(member);

        Awaitility.await().untilAsserted(() -> assertThat(sweep.leftovers()).doesNotContain(member));
        assertThat(albums()).isZero();
    }

    /// A table that is added later must get its [Belongings], and then a place here.
    @Test
    void noTableWithOwnersIsForgotten() {
        var tables = database.sql("""
                SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'storage' AND c.column_name = 'owner_id' AND t.table_type = 'BASE TABLE'
                """).query(String.class).list();
        assertThat(tables).containsExactlyInAnyOrder("space", "original", "picture", "month", "deleted_for_good", "album", "album_picture", "album_text", "sidecar", "facts_reading",
                "upload", "direct_upload", "bulk_action", "purge_guard", "locked_folder", "open_folder", "lock_undo", "facet", "usage", "album_count");
    }
}
