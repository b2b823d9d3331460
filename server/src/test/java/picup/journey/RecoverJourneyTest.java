package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.database.PostgresServer;
import picup.storage.Digest;

/// The database is gone, and only the originals are left with the labels beside them: the library comes back as it was.
class RecoverJourneyTest {
    /// From the other columns, in the background, when the library serves again.
    private static final String[] MADE_AGAIN = {"words", "words_due", "place_id"};

    private static final Pattern NEW_PASSWORD = Pattern.compile(" mina {2}([a-z2-9-]{23})\n");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final FilledPicup filled = FilledPicup.get();

    /// A copy of the originals, and nothing else.
    @BeforeEach
    void onlyTheOriginalsAreLeft() throws IOException {
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        filled.awaitQuiet();
        var originals = filled.data().resolve("originals");
        for (var file : Corpus.files(originals)) {
            var copy = data().resolve("originals").resolve(originals.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private OperatorCommand recover() throws Exception {
        return OperatorCommand.backup("recover", "--data", data().toString());
    }

    @Test
    void aLibraryIsRebuiltFromItsOriginalsAndLabels() throws Exception {
        var recovered = recover();

        assertThat(recovered.code()).as(recovered.output()).isZero();
        try (var postgres = PostgresServer.forOperator(data())) {
            var database = JdbcClient.create(postgres.source());
            for (var table : java.util.List.of("storage.picture", "storage.original", "storage.album", "storage.album_picture", "storage.album_text", "storage.deleted_for_good", "storage.sidecar")) {
                assertThat(Rows.differencesOf(filled.database(), database, table, MADE_AGAIN)).as(table).isEmpty();
            }
            assertThat(Rows.differences(filled.database(), database,
                    "SELECT owner_id || ' ' || used_bytes || ' ' || quota_bytes || ' ' || username || ' ' || display_name || ' ' || standing FROM storage.space")).isEmpty();
            assertThat(Rows.differences(filled.database(), database, "SELECT owner_id || ' ' || month || ' ' || pictures FROM storage.month WHERE pictures > 0")).isEmpty();
            assertThat(Rows.differences(filled.database(), database, "SELECT id || ' ' || username || ' ' || display_name || ' ' || administrator FROM member.account")).isEmpty();
        }
        var password = NEW_PASSWORD.matcher(recovered.output());
        assertThat(password.find()).as(recovered.output()).isTrue();
        try (var instance = new Instance(folder)) {
            var session = new Person(instance.address(), null).post("/api/auth/sessions", Map.of("username", "mina", "password", password.group(1)));
            assertThat(session.status()).isEqualTo(201);
            var mina = new Person(instance.address(), session.json().get("accessToken").asString());
            assertThat(mina.get("/api/admin/members").status()).isEqualTo(200);
            var picture = mina.get("/api/pictures?limit=1").json().at("/pictures/0");
            assertThat(InstanceClients.sha256(mina.get("/api/pictures/" + picture.get("id").asString() + "/original").body())).isEqualTo(picture.get("sha256").asString());
            assertThat(mina.show("new.jpg", Samples.photo()).get("state").asString()).isEqualTo("ready");
            assertThat(new Person(instance.address(), null).post("/api/members", Map.of("username", "late", "password", "a long enough password")).json()
                    .path("administrator").asBoolean(false)).as("who signs up afterwards founds nothing").isFalse();
        }
        assertThat(recover().output()).contains("is not empty");
    }

    @Test
    void whatIsDamagedIsSaidAndSpoilsNothingElse() throws Exception {
        var files = Corpus.files(data().resolve("originals")).stream().filter(file -> file.getFileName().toString().endsWith(".json")).toList();
        var unreadable = files.get(0);
        var withoutLabel = files.get(1);
        var withoutOriginal = files.get(2);
        Files.writeString(unreadable, "{\"format\":1,");
        Files.delete(withoutLabel);
        Files.delete(originalOf(withoutOriginal));
        Files.write(data().resolve("originals/.DS_Store"), new byte[1]);

        var recovered = recover();

        assertThat(recovered.code()).as(recovered.output()).isEqualTo(3);
        assertThat(recovered.output()).contains("2 originals had no label", "is no label", originalOf(withoutOriginal).getFileName().toString());
        assertThat(data().resolve("unclaimed").resolve(originalOf(unreadable).getFileName())).exists();
        assertThat(data().resolve("unclaimed").resolve(originalOf(withoutLabel).getFileName())).exists();
        try (var postgres = PostgresServer.forOperator(data())) {
            var database = JdbcClient.create(postgres.source());
            var missing = Digest.ofHex(originalOf(withoutOriginal).getFileName().toString());
            assertThat(database.sql("SELECT state FROM storage.blob WHERE digest = ?").param(missing.bytes()).query(String.class).single()).isEqualTo("missing");
            assertThat(Rows.differences(filled.database(), database, "SELECT owner_id || ' ' || encode(digest, 'hex') FROM storage.picture")).isNotEmpty()
                    .allMatch(row -> row.startsWith("- ") && (row.endsWith(digestOf(unreadable)) || row.endsWith(digestOf(withoutLabel))));
        }
    }

    private static String digestOf(Path label) {
        return originalOf(label).getFileName().toString();
    }

    private static Path originalOf(Path label) {
        return label.resolveSibling(label.getFileName().toString().replace(".json", ""));
    }
}
