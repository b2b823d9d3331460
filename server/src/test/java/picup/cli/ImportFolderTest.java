package picup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFolderTest {
    private static final Upload.Patience SHORT = new Upload.Patience(Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(100));

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private final PicupDouble picup = new PicupDouble();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void twoPhotos() throws IOException {
        Files.createDirectories(folder.resolve("2024/여름"));
        Files.writeString(folder.resolve("2024/여름/바다 \"1\".jpg"), "the sea");
        Files.write(folder.resolve("2024/mountain.jpg"), new byte[300_000]);
    }

    @AfterEach
    void stop() {
        picup.close();
    }

    private int run(String... more) throws InterruptedException {
        output.reset();
        var words = new ArrayList<>(List.of(folder.toString(), "--server", picup.address(), "--user", "mina"));
        words.addAll(List.of(more));
        return new ImportFolder(new PrintStream(output, true, StandardCharsets.UTF_8), SHORT,
                Map.of("PICUP_PASSWORD", PicupDouble.PASSWORD, "XDG_STATE_HOME", home.toString()), false).run(words);
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    @Test
    void everyFileArrivesWholeWithItsNameItsTimeAndItsDigestFirst() throws Exception {
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 2");
        assertThat(picup.uploads).extracting(PicupDouble.Upload::fileName).containsExactlyInAnyOrder("바다 %221%22.jpg", "mountain.jpg");
        for (var upload : picup.uploads) {
            var file = upload.fileName().startsWith("m") ? folder.resolve("2024/mountain.jpg") : folder.resolve("2024/여름/바다 \"1\".jpg");
            assertThat(upload.file()).isEqualTo(Files.readAllBytes(file));
            assertThat(upload.field("sha256")).isEqualTo(FileDigest.of(file));
            assertThat(upload.field("takenAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
            assertThat(upload.contentLength()).isGreaterThan(upload.file().length);
            assertThat(upload.query()).isEqualTo("bulk=true");
        }
    }

    @Test
    void theServerIsToldTheFolderOfEachFile() throws Exception {
        Files.writeString(folder.resolve("top.jpg"), "top");
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        var root = folder.getFileName().toString();
        assertThat(picup.uploads).extracting(PicupDouble.Upload::fileName, upload -> upload.field("folder")).containsExactlyInAnyOrder(
                org.assertj.core.groups.Tuple.tuple("바다 %221%22.jpg", root + "/2024/여름"), org.assertj.core.groups.Tuple.tuple("mountain.jpg", root + "/2024"),
                org.assertj.core.groups.Tuple.tuple("top.jpg", root));
        var deep = "가".repeat(80) + "/";
        assertThat(Upload.folder(Path.of("/photos"), Path.of("/photos/" + deep.repeat(6) + "x.jpg")).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1025)
                .hasSizeGreaterThan(900);
    }

    @Test
    void whatLiesBesidePicturesIsSentAndCounted() throws Exception {
        Files.writeString(folder.resolve("2024/mountain.jpg.xmp"), "<x:xmpmeta>");
        picup.always.put("mountain.jpg.xmp", new PicupDouble.Answer(201, "{\"outcome\":\"sidecar\",\"id\":\"1\",\"picture\":null}", Map.of()));
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 2").contains("Beside pictures: 1 ");
    }

    @Test
    void whatIsNoPhotoOfAPersonIsSkipped() throws Exception {
        Files.writeString(folder.resolve("Thumbs.db"), "x");
        Files.writeString(folder.resolve(".DS_Store"), "x");
        Files.createDirectory(folder.resolve("@eaDir"));
        Files.writeString(folder.resolve("@eaDir/mountain.jpg"), "x");
        Files.createSymbolicLink(folder.resolve("round"), folder);
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 2").contains("Skipped: 4");
    }

    @Test
    void theReportSaysWhatBecameOfEachFileAndWhy() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        Files.writeString(folder.resolve("old.jpg"), "deleted once");
        Files.writeString(folder.resolve("binned.jpg"), "in the trash");
        picup.always.put("notes.txt", PicupDouble.Answer.problem(415, "not-a-picture", "This is no photo."));
        picup.always.put("old.jpg", PicupDouble.Answer.problem(409, "deleted-before", "Deleted for good."));
        picup.library.put(FileDigest.of(folder.resolve("binned.jpg")), "trash");
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 2").contains("In the trash: 1").contains("Deleted before: 1")
                .contains("Refused: 1\n notes.txt: This is no photo.").doesNotContain("Failed");
    }

    @Test
    void whatWasDeletedBeforeComesBackWhenThePersonAsks() throws Exception {
        assertThat(run("--again")).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).extracting(PicupDouble.Upload::query).containsOnly("bulk=true&force=true");
    }

    @Test
    void aBusyServerIsTriedAgainAfterTheTimeItAsksFor() throws Exception {
        picup.next.add(PicupDouble.Answer.problem(503, "overloaded", "Busy.").with("Retry-After", "1"));
        picup.next.add(PicupDouble.Answer.problem(429, "too-many-attempts", "Slow down."));
        picup.next.add(PicupDouble.Answer.problem(500, "internal", "Oh."));
        long began = System.nanoTime();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 2");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void aFileThatTheServerCannotTakeFailsAloneAndTheExitCodeSaysSo() throws Exception {
        picup.always.put("mountain.jpg", PicupDouble.Answer.problem(500, "internal", "Something went wrong here."));
        assertThat(run()).isEqualTo(ImportFolder.FAILED);
        assertThat(said()).contains("Added: 1").contains("Failed: 1\n 2024/mountain.jpg: It was tried 5 times: Something went wrong here.");
    }

    @Test
    void aRestartOfTheServerIsWaitedFor() throws Exception {
        for (int i = 0; i < 200; i++) {
            Files.writeString(folder.resolve(i + ".jpg"), "photo " + i);
        }
        var restart = Thread.ofVirtual().start(() -> {
            while (picup.uploads.size() < 20) {
                Thread.onSpinWait();
            }
            picup.goAway();
            java.util.concurrent.locks.LockSupport.parkNanos(700_000_000);
            picup.comeBack();
        });
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        restart.join();
        assertThat(picup.library).hasSize(202);
        assertThat(said()).contains("waiting for it").doesNotContain("Failed");
    }

    @Test
    void aSecondRunSendsNothingAndAsksTheServerWhatItHas() throws Exception {
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        picup.uploads.clear();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).isEmpty();
        assertThat(said()).contains("Added: 0").contains("Already there: 2");
        assertThat(picup.requests).containsEntry("POST /api/pictures/check", 1).doesNotContainKey("GET /api/pictures");
    }

    /// Their digest alone does not say whose they are, so they are looked for beside the pictures, in pages of one here.
    @Test
    void aSecondRunKnowsSidecarsByTheirPictures() throws Exception {
        Files.writeString(folder.resolve("2024/mountain.jpg.xmp"), "<x:xmpmeta>");
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        picup.uploads.clear();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).isEmpty();
        assertThat(said()).contains("Already there: 3");
        assertThat(picup.requests).containsEntry("GET /api/pictures", 3);
    }

    @Test
    void whatTheServerFoundDamagedIsSentAgain() throws Exception {
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        picup.library.put(FileDigest.of(folder.resolve("2024/mountain.jpg")), "damaged");
        picup.uploads.clear();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).extracting(PicupDouble.Upload::fileName).containsExactly("mountain.jpg");
    }

    @Test
    void whatTheServerLostOrThePersonChangedIsSentAgain() throws Exception {
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        picup.library.remove(FileDigest.of(folder.resolve("2024/mountain.jpg")));
        Files.writeString(folder.resolve("2024/여름/바다 \"1\".jpg"), "the sea, edited");
        picup.uploads.clear();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).hasSize(2);
        assertThat(said()).contains("Added: 2");
    }

    @Test
    void aSessionThatEndsIsRenewed() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.writeString(folder.resolve(i + ".jpg"), "photo " + i);
        }
        var ending = Thread.ofVirtual().start(() -> {
            while (picup.uploads.size() < 10) {
                Thread.onSpinWait();
            }
            picup.endSessions();
        });
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        ending.join();
        assertThat(said()).contains("Added: 52");
        assertThat(picup.requests).containsKey("POST /api/auth/sessions/refresh");
    }

    @Test
    void afterTheSpaceIsFullLargerFilesAreNotEvenSent() throws Exception {
        Files.write(folder.resolve("2024/z-larger.jpg"), new byte[400_000]);
        picup.always.put("mountain.jpg", PicupDouble.Answer.problem(413, "over-quota", "No space."));
        assertThat(run("--parallel", "1")).isEqualTo(ImportFolder.DONE);
        assertThat(picup.uploads).extracting(PicupDouble.Upload::fileName).doesNotContain("z-larger.jpg");
        assertThat(said()).contains("Refused: 2").contains("Added: 1");
    }

    @Test
    void aWrongPasswordIsSaidAtOnce() throws Exception {
        var file = Files.writeString(home.resolve("password"), "wrong\n");
        assertThat(run("--password-file", file.toString())).isEqualTo(ImportFolder.MISUNDERSTOOD);
        assertThat(said()).contains("does not let mina in").contains("password is wrong");
        assertThat(picup.uploads).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws Exception {
        picup.goAway();
        assertThat(run()).isEqualTo(ImportFolder.FAILED);
        assertThat(said()).contains("does not answer");
    }
}
