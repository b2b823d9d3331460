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
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large files, which go piece by piece.
class PiecesTest {
    private static final int MB = 1 << 20;
    private static final Upload.Patience SHORT = new Upload.Patience(Duration.ofSeconds(20), Duration.ofMillis(5), Duration.ofMillis(50));

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private final PicupDouble picup = new PicupDouble();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Path film;
    private byte[] bytes;

    @BeforeEach
    void aFilm() throws IOException {
        bytes = new byte[70 * MB];
        new Random(7).nextBytes(bytes);
        film = Files.write(Files.createDirectories(folder.resolve("2024")).resolve("바다.mp4"), bytes);
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

    private PicupDouble.Piecemeal only() {
        return picup.piecemeal.values().iterator().next();
    }

    @Test
    void itArrivesWholeInPiecesThatProxiesLetThroughWithWhatIsKnownOfIt() throws Exception {
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 1");
        assertThat(picup.uploads).isEmpty();
        assertThat(only().bytes().toByteArray()).isEqualTo(bytes);
        assertThat(only().requestBytes()).containsExactly(32 * MB, 32 * MB, 6 * MB);
        assertThat(only().metadata()).containsEntry("filename", "바다.mp4").containsEntry("folder", folder.getFileName() + "/2024").containsEntry("bulk", "true")
                .containsEntry("force", "false").containsEntry("sha256", FileDigest.of(film)).containsKey("takenAt");
        assertThat(only().metadata().get("source")).startsWith("import from ").endsWith(":" + folder);
    }

    @Test
    void afterACutItGoesOnWhereTheServerSaysAndSoDoTwelve() throws Exception {
        picup.cuts.set(12);
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 1").doesNotContain("Failed");
        assertThat(only().bytes().toByteArray()).isEqualTo(bytes);
        assertThat(picup.piecemeal).hasSize(1);
        assertThat(only().requestBytes().stream().mapToInt(Integer::intValue).sum()).isLessThan(70 * MB);
    }

    @Test
    void aSecondRunGoesOnWithWhatTheFirstBegan() throws Exception {
        for (int i = 0; i < 5; i++) {
            picup.nextPieces.add(PicupDouble.Answer.problem(500, "internal", "Oh."));
        }
        picup.cuts.set(1);
        assertThat(run()).isEqualTo(ImportFolder.FAILED);
        assertThat(only().bytes().size()).isEqualTo(16 * MB);
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 1");
        assertThat(picup.piecemeal).hasSize(1);
        assertThat(only().bytes().toByteArray()).isEqualTo(bytes);
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(begun()).isEmptyFile();
    }

    private Path begun() throws IOException {
        try (var files = Files.list(home.resolve("picup"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("uploads-")).findFirst().orElseThrow();
        }
    }

    @Test
    void anUploadThatTheServerHasForgottenBeginsAnew() throws Exception {
        picup.cuts.set(1);
        for (int i = 0; i < 5; i++) {
            picup.nextPieces.add(PicupDouble.Answer.problem(500, "internal", "Oh."));
        }
        assertThat(run()).isEqualTo(ImportFolder.FAILED);
        picup.piecemeal.clear();
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(only().bytes().toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aFileThatChangedIsNoContinuationOfWhatItWas() throws Exception {
        picup.cuts.set(1);
        for (int i = 0; i < 5; i++) {
            picup.nextPieces.add(PicupDouble.Answer.problem(500, "internal", "Oh."));
        }
        assertThat(run()).isEqualTo(ImportFolder.FAILED);
        var edited = Files.write(film, new byte[20 * MB]);
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(picup.library).containsOnlyKeys(FileDigest.of(edited));
        assertThat(picup.piecemeal).hasSize(2);
    }

    @Test
    void whoeverWritesThereToGetsOutOfStepAndAsksAgain() throws Exception {
        picup.nextPieces.add(PicupDouble.Answer.problem(423, "upload-busy", "Busy."));
        picup.nextPieces.add(PicupDouble.Answer.problem(409, "wrong-offset", "Elsewhere."));
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(only().bytes().toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aSessionThatEndsBetweenPiecesIsRenewed() throws Exception {
        picup.nextPieces.add(PicupDouble.Answer.problem(401, "session-ended", "Sign in again."));
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Added: 1");
        assertThat(picup.requests).containsEntry("POST /api/auth/sessions/refresh", 1);
    }

    @Test
    void whatIsRefusedAtTheBeginningOrInTheMiddleIsSaidWithItsReason() throws Exception {
        Files.write(folder.resolve("huge.mp4"), new byte[9 * MB]);
        picup.always.put("huge.mp4", PicupDouble.Answer.problem(413, "too-large", "No film is that long."));
        picup.nextPieces.add(PicupDouble.Answer.problem(415, "not-a-picture", "This is no film."));
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("Refused: 2").contains("바다.mp4: This is no film.").contains("huge.mp4: No film is that long.");
        assertThat(run("--again")).isEqualTo(ImportFolder.DONE);
        assertThat(picup.piecemeal.values()).anySatisfy(upload -> assertThat(upload.metadata()).containsEntry("force", "true"));
    }

    @Test
    void whatTheServerHasIsNotSentThoughNoRunBeforeKnewIt() throws Exception {
        picup.library.put(FileDigest.of(film), "trash");
        assertThat(run()).isEqualTo(ImportFolder.DONE);
        assertThat(said()).contains("In the trash: 1");
        assertThat(picup.piecemeal).isEmpty();
    }
}
