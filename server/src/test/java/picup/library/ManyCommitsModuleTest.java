package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.decoder.FileKind;
import picup.library.upload.Chunk;
import picup.library.upload.CreateUpload;
import picup.library.upload.ReceiveChunk;
import picup.library.upload.Upload;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.jobs.Priority;
import picup.storage.Originals;
import picup.storage.Spaces;

/// Thousands of uploads of one member, a hundred at once, by a form and in pieces, every tenth of them the same file as another.
/// `-Dpicup.commits=10000` for ten thousand (`./picup bench commits`).
class ManyCommitsModuleTest extends RunningPicup {
    private static final int MANY = Integer.getInteger("picup.commits", 800);

    /// Who waits for one of the six connections waits for those before it, and the pool gives up after 10 s, which is not what is asked here.
    private static final int AT_ONCE = 100;

    @Autowired
    private ImportPicture importing;

    @Autowired
    private CreateUpload creating;

    @Autowired
    private ReceiveChunk receiving;

    @Autowired
    private Originals originals;

    @Autowired
    private Spaces spaces;

    private final MemberId member = MemberId.random();

    /// As the head of a JPEG, and like no other but its twin. Decoding is paused: nobody looks further into it.
    private byte[] picture(int number) {
        int twin = number % 10 == 9 ? number - 1 : number;
        var text = ("picture " + twin + " of " + member).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(200 + twin % 100).putInt(0xFFD8FFE0).putShort((short) 16).put("JFIF".getBytes(StandardCharsets.US_ASCII)).put(text).array();
    }

    private String formed(int number) throws Exception {
        try (var staged = originals.stage(new ByteArrayInputStream(picture(number)), 10_000)) {
            var words = new ImportPicture.Words("", "many.jpg", null, "");
            return switch (importing.run(new ImportPicture.Upload(member, staged, FileKind.JPEG, words, false, Priority.BULK, ImportPicture.Reserved.NOTHING))) {
                case ImportPicture.Outcome.Added added -> added.picture().toString();
                case ImportPicture.Outcome.AlreadyThere there -> there.picture().toString();
                case ImportPicture.Outcome.DeletedBefore _, ImportPicture.Outcome.OverQuota _ -> throw new AssertionError("refused");
            };
        }
    }

    private String inPieces(int number) throws Exception {
        var bytes = picture(number);
        var upload = creating.run(member, new CreateUpload.Wish((long) bytes.length, null, false));
        var done = receiving.run(member, upload.id(), new Chunk(0, (long) bytes.length, null, null, new ByteArrayInputStream(bytes)));
        return String.valueOf(((Upload.End.Done) done.end()).picture());
    }

    /// Others test in this Picup too.
    @AfterEach
    void decodingGoesOn() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            database.sql("DELETE FROM storage.job WHERE NOT picked AND convert_from(task_data, 'UTF8') LIKE '%' || ? || '%'").param(member.toString()).update();
            return database.sql("SELECT NOT EXISTS (SELECT FROM storage.job WHERE convert_from(task_data, 'UTF8') LIKE '%' || ? || '%')")
                    .param(member.toString()).query(Boolean.class).single();
        });
        database.sql("UPDATE storage.decoding SET paused = false").update();
    }

    private long sum(String query) {
        return database.sql(query).param(member.value()).query(Long.class).single();
    }

    @Test
    void manyCommitsOfOneOwnerAreExactToTheByte() throws Exception {
        database.sql("UPDATE storage.decoding SET paused = true").update();
        var pictures = new ArrayList<String>();
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int batch = 0; batch < MANY; batch += AT_ONCE) {
                var work = new ArrayList<Callable<String>>();
                for (int i = batch; i < Math.min(batch + AT_ONCE, MANY); i++) {
                    int number = i;
                    work.add(() -> number % 2 == 0 ? formed(number) : inPieces(number)); // of twins one each way
                }
                for (var each : threads.invokeAll(work)) {
                    pictures.add(each.get());
                }
            }
        }
        System.out.printf("%,d commits of one owner, %d at once: %.0f a second%n", MANY, AT_ONCE, MANY / ((System.nanoTime() - began) / 1e9));
        long expectedBytes = 0;
        for (int number = 0; number < MANY; number++) {
            expectedBytes += number % 10 == 9 ? 0 : picture(number).length;
        }
        assertThat(new HashSet<>(pictures)).hasSize(MANY / 10 * 9);
        assertThat(spaces.of(member).usedBytes()).isEqualTo(expectedBytes);
        assertThat(sum("SELECT coalesce(sum(size_bytes), 0)::bigint FROM storage.original WHERE owner_id = ?")).isEqualTo(expectedBytes);
        assertThat(sum("SELECT count(*) FROM storage.picture WHERE owner_id = ?")).isEqualTo(MANY / 10 * 9);
        assertThat(sum("SELECT reserved_bytes FROM storage.space WHERE owner_id = ?")).isZero();
        assertThat(sum("SELECT coalesce(sum(pictures), 0)::bigint FROM storage.month WHERE owner_id = ?")).isEqualTo(MANY / 10 * 9);
    }
}
