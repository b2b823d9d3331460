package picup.library.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.PicupSettings;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Belongings;
import picup.storage.Reserving;

/// Uploads that nobody goes on with.
class SweepUploadsModuleTest extends RunningPicup {
    private static final byte[] XMP = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>".getBytes(StandardCharsets.UTF_8);

    @Autowired
    private CreateUpload creating;

    @Autowired
    private ReceiveChunk receiving;

    @Autowired
    private ResumeUpload resuming;

    @Autowired
    private EndUpload ending;

    @Autowired
    private SweepUploads sweep;

    @Autowired
    private Uploads uploads;

    @Autowired
    private Turns turns;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private PicupSettings picup;

    private final MemberId member = MemberId.random();

    private Upload begun(long sizeBytes) throws IOException {
        return creating.run(member, new CreateUpload.Wish(sizeBytes, null, false));
    }

    private Upload received(Upload upload, byte[] bytes) throws IOException {
        return receiving.run(member, upload.id(), new Chunk(uploads.require(member, upload.id()).offsetBytes(), (long) bytes.length, null, null, new ByteArrayInputStream(bytes)));
    }

    private Path part(UUID id) {
        return picup.data().resolve("originals/uploads").resolve(id.toString());
    }

    private long reserved() {
        return database.sql("SELECT reserved_bytes FROM storage.space WHERE owner_id = ?").param(member.value()).query(Long.class).single();
    }

    private Problem problem(UUID id) {
        try {
            resuming.run(member, id);
        } catch (ProblemException e) {
            return e.problem();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("it goes on");
    }

    @Test
    void whatIsGivenUpExpiresAndIsForgottenADayLater() throws Exception {
        var old = received(begun(5000), XMP);
        assertThat(reserved()).isEqualTo(5000);
        clock.advance(Duration.ofHours(23));
        var young = received(begun(7000), XMP);
        sweep.run(new SweepUploads.Sweep());
        assertThat(uploads.require(member, old.id()).state()).isEqualTo(Upload.State.RECEIVING);
        clock.advance(Duration.ofHours(2));
        assertThat(problem(old.id())).as("before the sweep").isEqualTo(Problem.UPLOAD_OVER);

        sweep.run(new SweepUploads.Sweep());

        assertThat(problem(old.id())).isEqualTo(Problem.UPLOAD_OVER);
        assertThat(part(old.id())).doesNotExist();
        assertThat(part(young.id())).exists();
        assertThat(reserved()).isEqualTo(7000);
        clock.advance(Duration.ofHours(25));
        sweep.run(new SweepUploads.Sweep());
        assertThat(problem(old.id())).isEqualTo(Problem.NOT_FOUND);
        assertThat(reserved()).isZero();
    }

    @Test
    void everyByteThatComesMovesTheExpiry() throws Exception {
        var upload = received(begun(5000), XMP);
        clock.advance(Duration.ofHours(23));
        received(upload, XMP);
        clock.advance(Duration.ofHours(23));
        sweep.run(new SweepUploads.Sweep());
        assertThat(resuming.run(member, upload.id()).offsetBytes()).isEqualTo(2L * XMP.length);
    }

    @Test
    void whatSomebodyIsWritingDoesNotExpire() throws Exception {
        var upload = received(begun(5000), XMP);
        clock.advance(Duration.ofHours(25));
        try (var threads = Executors.newSingleThreadExecutor(); var _ = turns.take(upload.id())) {
            threads.submit(() -> {
                sweep.run(new SweepUploads.Sweep());
                return null;
            }).get();
            assertThat(part(upload.id())).exists();
            assertThat(uploads.require(member, upload.id()).state()).isEqualTo(Upload.State.RECEIVING);
        }
    }

    @Test
    void bytesThatAreNoOpenUploadsGo() throws Exception {
        var live = received(begun(5000), XMP);
        var stray = Ids.next();
        Files.write(part(stray), XMP);
        sweep.run(new SweepUploads.Sweep());
        assertThat(part(stray)).doesNotExist();
        assertThat(part(live.id())).exists();
        assertThat(part(live.id()).resolveSibling("locks")).exists();
    }

    /// The process ended between the last byte and the picture, and the client never asked again.
    @Test
    void whatHasCompletelyComeIsFinished() throws Exception {
        var upload = received(begun(XMP.length + 1), XMP);
        Files.write(part(upload.id()), "\n".getBytes(StandardCharsets.UTF_8), java.nio.file.StandardOpenOption.APPEND);
        database.sql("UPDATE storage.upload SET state = 'received', offset_bytes = size_bytes WHERE id = ?").param(upload.id()).update();
        sweep.run(new SweepUploads.Sweep());
        var done = uploads.require(member, upload.id());
        assertThat(done.state()).isEqualTo(Upload.State.DONE);
        assertThat(done.end()).isEqualTo(new Upload.End.Done("sidecar", null, false));
        assertThat(reserved()).isZero();
        assertThat(database.sql("SELECT used_bytes FROM storage.space WHERE owner_id = ?").param(member.value()).query(Long.class).single()).isEqualTo(XMP.length + 1);
    }

    @Test
    void whoeverLeavesLeavesNoUploads() throws Exception {
        var upload = received(begun(5000), XMP);
        Belongings belongings = uploads;
        assertThat(belongings.leftOf(List.of(member))).containsExactly(member);
        Integer gone = transaction.execute(_ -> belongings.removeSome(member, 10));
        assertThat(gone).isEqualTo(1);
        assertThat(belongings.leftOf(List.of(member))).isEmpty();
        assertThat(part(upload.id())).doesNotExist();
    }

    @Test
    void aSuspendedMemberSendsNothing() throws Exception {
        var upload = received(begun(5000), XMP);
        database.sql("UPDATE storage.space SET standing = 'suspended' WHERE owner_id = ?").param(member.value()).update();
        assertThatThrownBy(() -> received(upload, XMP)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SUSPENDED));
        assertThatThrownBy(() -> begun(10)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SUSPENDED));
        assertThatThrownBy(() -> ending.run(member, upload.id())).isInstanceOf(ProblemException.class);
        assertThat(uploads.require(member, upload.id()).offsetBytes()).isEqualTo(XMP.length);
    }

    @Test
    void whatIsReservedIsTheSumOfWhatIsOpen() throws Exception {
        received(begun(5000), XMP);
        ending.run(member, begun(6000).id());
        received(begun(XMP.length), XMP);
        Reserving reserving = uploads;
        assertThat(transaction.<Long>execute(_ -> reserving.reservedBytes(member))).isEqualTo(5000).isEqualTo(reserved());
    }
}
