package picup.library.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.direct.DirectUpload.Announced;
import picup.library.direct.DirectUpload.State;
import picup.library.upload.Upload.End;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Digest;
import picup.storage.DirectParts;
import picup.storage.DirectParts.Address;
import picup.storage.Ledger;
import picup.storage.blob.TestS3;

/// What becomes of files whose parts are sent to a real bucket.
@DirtiesContext // with the S3 server ends what needs it
class DirectUploadsModuleTest extends RunningPicup {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int PART_BYTES = (int) BeginDirectUpload.PART_BYTES;
    private static final Path FOLDER = temporary();
    private static final TestS3 S3 = new TestS3(FOLDER);

    @Autowired
    private BeginDirectUpload beginning;

    @Autowired
    private AddressParts addressing;

    @Autowired
    private CompleteDirectUpload completing;

    @Autowired
    private EndDirectUpload ending;

    @Autowired
    private SweepDirectUploads sweep;

    @Autowired
    private DirectUploads uploads;

    @Autowired
    private DirectParts parts;

    @Autowired
    private Ledger ledger;

    @Autowired
    private TransactionTemplate transaction;

    private final MemberId member = MemberId.random();
    private final byte[] photo = photo(10_000);

    private static Path temporary() {
        try {
            return Files.createTempDirectory("picup-direct");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void originalsInTheBucket(DynamicPropertyRegistry properties) {
        S3.settings(S3.port()).forEach(setting -> properties.add(setting.substring(0, setting.indexOf('=')), () -> setting.substring(setting.indexOf('=') + 1)));
    }

    @AfterAll
    static void stop() {
        S3.close();
    }

    /// A JPEG as far as an upload looks.
    private static byte[] photo(int sizeBytes) {
        var bytes = new byte[sizeBytes];
        new Random().nextBytes(bytes);
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0}, 0, bytes, 0, 11);
        return bytes;
    }

    private static Digest digest(byte[] bytes) {
        return new Digest(Digest.sha256().digest(bytes));
    }

    private static byte[] part(byte[] file, int number) {
        return Arrays.copyOfRange(file, (number - 1) * PART_BYTES, Math.min(file.length, number * PART_BYTES));
    }

    private static Announced announced(Digest whole, byte[] file, boolean force) {
        var digests = new ArrayList<Digest>();
        for (int number = 1; (number - 1) * PART_BYTES < file.length; number++) {
            digests.add(digest(part(file, number)));
        }
        return new Announced(whole, file.length, PART_BYTES, digests, "photo.jpg", "Italy", "2008-10-22T16:28:39+02:00", "camera", force, false);
    }

    private UUID begun(byte[] file) throws IOException {
        return beginning.run(member, announced(digest(file), file, false)).id();
    }

    private void send(UUID id, byte[] file) throws Exception {
        for (var address : addressing.run(member, id).missing()) {
            assertThat(put(address, part(file, address.part().number()))).isEqualTo(200);
        }
    }

    private static int put(Address address, byte[] bytes) throws Exception {
        var request = HttpRequest.newBuilder(address.url()).PUT(BodyPublishers.ofByteArray(bytes));
        address.headers().forEach(request::header);
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private UUID sent(byte[] file) throws Exception {
        var id = begun(file);
        send(id, file);
        return id;
    }

    private static void assertRefused(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private long space(String column) {
        return database.sql("SELECT " + column + " FROM storage.space WHERE owner_id = ?").param(member.value()).query(Long.class).single();
    }

    private void assertNothingIsReserved() {
        assertThat(space("reserved_bytes")).isZero();
        assertThat(transaction.<Long>execute(_ -> uploads.reservedBytes(member))).isZero();
    }

    private static Path original(byte[] file) {
        return S3.object("", digest(file));
    }

    private void awaitCleared(UUID id) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !uploads.find(member, id).map(DirectUpload::open).orElse(false) && parts.joinedBytes(id).isEmpty());
    }

    private void assertIsThePhoto(DirectUpload upload) throws IOException {
        assertThat(upload.state()).isEqualTo(State.DONE);
        assertThat(original(photo)).hasBinaryContent(photo);
        assertThat(ledger.holds(member, digest(photo))).isTrue();
        assertThat(space("used_bytes")).isEqualTo(photo.length);
        assertNothingIsReserved();
        var names = database.sql("SELECT file_name || ' ' || folder || ' ' || source FROM storage.picture WHERE owner_id = ? AND digest = ?")
                .params(member.value(), digest(photo).bytes()).query(String.class).list();
        assertThat(names).containsExactly("photo.jpg Italy camera");
        awaitCleared(upload.id());
    }

    @Test
    void whatWasSentIsAPictureOnceHoweverOftenItIsCompleted() throws Exception {
        var id = sent(photo);
        assertThat(space("reserved_bytes")).isEqualTo(photo.length);
        assertThat(original(photo)).doesNotExist();
        var done = completing.run(member, id);
        assertThat(((End.Done) done.end()).outcome()).isEqualTo("added");
        assertIsThePhoto(done);
        assertThat(completing.run(member, id)).isEqualTo(done);
        assertThat(addressing.run(member, id).missing()).isEmpty();
    }

    /// Each step may be the last that a process does.
    @Test
    void whoeverWasKilledAfterJoiningOrPlacingIsFollowedByTheNext() throws Exception {
        var id = sent(photo);
        var upload = uploads.require(member, id);
        assertThat(parts.join(id, upload.bucketUpload(), upload.parts())).isEmpty();
        assertThat(addressing.run(member, id).missing()).isEmpty();
        parts.place(id, digest(photo), photo.length, false);
        assertIsThePhoto(completing.run(member, id));
    }

    @Test
    void ofALargeFileOnlyWhatIsMissingIsSentAgainAfterACut() throws Exception {
        var large = photo(PART_BYTES + 1000);
        var id = begun(large);
        var both = addressing.run(member, id).missing();
        assertThat(both).extracting(each -> each.part().sizeBytes()).containsExactly((long) PART_BYTES, 1000L);
        assertThat(put(both.getFirst(), part(large, 1))).isEqualTo(200);
        assertThatThrownBy(() -> completing.run(member, id)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.CONFLICT);
            assertThat(e.properties()).containsEntry("missing", List.of(2));
        });
        var rest = addressing.run(member, id).missing();
        assertThat(rest).extracting(each -> each.part().number()).containsExactly(2);
        send(id, large);
        assertThat(completing.run(member, id).state()).isEqualTo(State.DONE);
        assertThat(original(large)).hasBinaryContent(large);
    }

    @Test
    void aPartOfAnotherLengthOrOfOtherBytesIsNotTaken() throws Exception {
        var id = begun(photo);
        var address = addressing.run(member, id).missing().getFirst();
        assertThat(put(address, photo(photo.length + 1))).isEqualTo(403);
        assertThat(put(address, photo(photo.length))).isEqualTo(400);
        assertRefused(Problem.CONFLICT, () -> completing.run(member, id));
        send(id, photo);
        assertIsThePhoto(completing.run(member, id));
    }

    /// The parts are as announced, and the whole is not: nobody but who reads it knows.
    @Test
    void aWholeThatIsNotWhatWasAnnouncedIsRefusedAndRemoved() throws Exception {
        var other = photo(10_000);
        var id = beginning.run(member, announced(digest(other), photo, false)).id();
        send(id, photo);
        assertRefused(Problem.DIGEST_MISMATCH, () -> completing.run(member, id));
        assertRefused(Problem.DIGEST_MISMATCH, () -> completing.run(member, id));
        assertNothingIsReserved();
        assertThat(space("used_bytes")).isZero();
        awaitCleared(id);
        assertThat(original(other)).doesNotExist();
        assertThat(original(photo)).doesNotExist();
    }

    /// A bucket that keeps something else than it acknowledged.
    @Test
    void bytesThatChangedInTheBucketAreFoundBeforeAnythingIsAcknowledged() throws Exception {
        var id = sent(photo);
        var upload = uploads.require(member, id);
        parts.join(id, upload.bucketUpload(), upload.parts());
        var joined = FOLDER.resolve("buckets").resolve(TestS3.BUCKET).resolve("uploads").resolve(id.toString());
        var bytes = Files.readAllBytes(joined);
        bytes[5000] ^= 1;
        Files.write(joined, bytes);
        assertRefused(Problem.DIGEST_MISMATCH, () -> completing.run(member, id));
        assertNothingIsReserved();
    }

    @Test
    void whatIsNoPictureIsRefusedAndRemoved() throws Exception {
        var text = "no picture at all".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var id = sent(text);
        assertRefused(Problem.NOT_A_PICTURE, () -> completing.run(member, id));
        assertNothingIsReserved();
        awaitCleared(id);
    }

    @Test
    void anotherMembersUploadIsNotThere() throws Exception {
        var id = sent(photo);
        var other = MemberId.random();
        assertRefused(Problem.NOT_FOUND, () -> completing.run(other, id));
        assertRefused(Problem.NOT_FOUND, () -> addressing.run(other, id));
        assertRefused(Problem.NOT_FOUND, () -> ending.run(other, id));
        assertIsThePhoto(completing.run(member, id));
    }

    @Test
    void whatIsThereAlreadyIsNotSentAndNotChargedAgain() throws Exception {
        var first = sent(photo);
        var second = sent(photo);
        completing.run(member, first);
        var there = completing.run(member, second);
        assertThat(((End.Done) there.end()).outcome()).isEqualTo("already-there");
        var third = addressing.run(member, begun(photo));
        assertThat(third.upload().end()).isEqualTo(there.end());
        assertThat(third.missing()).isEmpty();
        assertThat(completing.run(member, third.upload().id()).end()).isEqualTo(there.end());
        assertIsThePhoto(there);
    }

    @Test
    void whatWasDeletedForGoodComesBackByForceOnly() throws Exception {
        var late = sent(photo);
        database.sql("INSERT INTO storage.deleted_for_good (owner_id, digest, deleted_at) VALUES (?, ?, now())").params(member.value(), digest(photo).bytes()).update();
        assertRefused(Problem.DELETED_BEFORE, () -> begun(photo));
        assertRefused(Problem.DELETED_BEFORE, () -> completing.run(member, late));
        assertNothingIsReserved();
        var forced = beginning.run(member, announced(digest(photo), photo, true)).id();
        send(forced, photo);
        assertIsThePhoto(completing.run(member, forced));
    }

    @Test
    void nobodyBeginsMoreThanThereIsRoomFor() throws Exception {
        ending.run(member, begun(photo));
        database.sql("UPDATE storage.space SET quota_bytes = 15000 WHERE owner_id = ?").param(member.value()).update();
        var id = sent(photo);
        assertRefused(Problem.OVER_QUOTA, () -> begun(photo(10_000)));
        assertIsThePhoto(completing.run(member, id));
        assertRefused(Problem.OVER_QUOTA, () -> begun(photo(10_000)));
    }

    @Test
    void whatCannotBecomeAPictureIsRefusedAtOnce() {
        assertRefused(Problem.TOO_LARGE, () -> beginning.run(member, new Announced(digest(photo), 1L << 50, PART_BYTES, List.of(), "", "", "", "", false, false)));
        assertRefused(Problem.NOT_A_PICTURE, () -> beginning.run(member, new Announced(digest(photo), 0, PART_BYTES, List.of(), "", "", "", "", false, false)));
        assertRefused(Problem.BAD_VALUE, () -> beginning.run(member, new Announced(digest(photo), 1000, PART_BYTES, List.of(), "", "", "", "", false, false)));
        assertRefused(Problem.BAD_VALUE, () -> beginning.run(member, new Announced(digest(photo), 1000, PART_BYTES, List.of(digest(photo)), "", "", "never", "", false, false)));
        assertThat(uploads.countOpen(member)).isZero();
    }

    @Test
    void aSuspendedMemberBeginsAndCompletesNothing() throws Exception {
        var id = sent(photo);
        database.sql("UPDATE storage.space SET standing = 'suspended' WHERE owner_id = ?").param(member.value()).update();
        assertRefused(Problem.SUSPENDED, () -> begun(photo(10_000)));
        assertRefused(Problem.SUSPENDED, () -> completing.run(member, id));
        assertThat(ledger.holds(member, digest(photo))).isFalse();
        database.sql("UPDATE storage.space SET standing = 'open' WHERE owner_id = ?").param(member.value()).update();
        assertIsThePhoto(completing.run(member, id));
    }

    @Test
    void whatIsGivenUpExpiresGivesItsSpaceBackAndLeavesNothingInTheBucket() throws Exception {
        var id = sent(photo);
        var upload = uploads.require(member, id);
        parts.join(id, upload.bucketUpload(), upload.parts());
        clock.advance(Duration.ofHours(23));
        var young = sent(photo(5000));
        clock.advance(Duration.ofHours(2));
        assertRefused(Problem.UPLOAD_OVER, () -> completing.run(member, id));
        sweep.run(new SweepDirectUploads.Sweep());
        assertThat(uploads.require(member, id).state()).isEqualTo(State.EXPIRED);
        assertThat(space("reserved_bytes")).isEqualTo(5000);
        awaitCleared(id);
        assertThat(addressing.run(member, young).upload().open()).isTrue();
        ending.run(member, young);
        assertNothingIsReserved();
        assertRefused(Problem.NOT_FOUND, () -> completing.run(member, young));
        clock.advance(Duration.ofHours(25));
        sweep.run(new SweepDirectUploads.Sweep());
        assertRefused(Problem.NOT_FOUND, () -> uploads.require(member, id));
    }

    @Test
    void whoeverIsBeingCompletedIsNotSweptOrEnded() throws Exception {
        var id = sent(photo);
        clock.advance(Duration.ofHours(25));
        try (var _ = ending.turn(id)) {
            sweep.run(new SweepDirectUploads.Sweep());
            assertThat(uploads.require(member, id).state()).isEqualTo(State.RECEIVING);
            assertRefused(Problem.UPLOAD_BUSY, () -> ending.run(member, id));
            assertRefused(Problem.UPLOAD_BUSY, () -> completing.run(member, id));
        }
    }

    @Test
    void whoeverLeavesLeavesNothingInTheBucket() throws Exception {
        var id = sent(photo);
        var upload = uploads.require(member, id);
        parts.join(id, upload.bucketUpload(), upload.parts());
        assertThat(uploads.leftOf(List.of(member))).containsExactly(member);
        assertThat(transaction.<Integer>execute(_ -> uploads.removeSome(member, 10))).isEqualTo(1);
        assertThat(uploads.leftOf(List.of(member))).isEmpty();
        awaitCleared(id);
    }
}
