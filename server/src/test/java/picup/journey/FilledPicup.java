package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.decoder.FileKind;
import picup.platform.FileTree;
import picup.platform.database.PostgresServer;

/// An instance in which two people have made something of the open samples (or of a few made ones, where those are missing). Filled once a
/// test run, with some small ones of them from all folders, as all of them take many minutes (`-Dpicup.filled.files=1000`, `./picup bench restore`);
/// whoever looks at it leaves it as it is.
final class FilledPicup {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int MOST = Integer.getInteger("picup.filled.files", 16);

    /// The large ones take most of the time and are read, copied and written as the small ones are. All are looked at where all are asked for.
    private static final long LARGEST_BYTES = MOST < 100 ? 300_000 : Long.MAX_VALUE;

    static final class Running {
        static final FilledPicup PICUP = new FilledPicup();
    }

    final Path folder;
    final Instance instance;
    final Person mina;
    final Person bora;
    final List<String> pictures;

    static FilledPicup get() {
        return Running.PICUP;
    }

    private FilledPicup() {
        try {
            folder = Files.createTempDirectory("picup-filled");
            Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            instance = new Instance(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            pictures = uploaded(Person.signUp(instance.address(), "mina"), samples());
            uploaded(Person.signUp(instance.address(), "보라"), samples().subList(0, Math.min(6, samples().size())));
            awaitQuiet();
            mina = Person.signIn(instance.address(), "mina"); // that may have taken longer than a token lasts
            bora = Person.signIn(instance.address(), "보라");
            makeSomethingOfThem();
            awaitQuiet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void end() {
        try {
            instance.close();
            FileTree.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    JdbcClient database() {
        return JdbcClient.create(PostgresServer.forOperator(data()).source());
    }

    private static List<Path> samples() throws IOException {
        var open = Path.of("../../shared/samples/open").toAbsolutePath().normalize();
        if (Files.isDirectory(open)) {
            var known = Corpus.files(open).stream().filter(FilledPicup::known).toList();
            int every = Math.max(1, known.size() / MOST);
            return IntStream.range(0, known.size()).filter(i -> i % every == 0).mapToObj(known::get).toList();
        }
        System.out.println("FilledPicup: ../shared/samples/open is not beside the project; made samples are used");
        var folder = Files.createTempDirectory("picup-samples");
        for (int i = 0; i < 12; i++) {
            Files.write(folder.resolve("photo-" + i + ".jpg"), Samples.photo());
        }
        return Corpus.files(folder);
    }

    private static boolean known(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Files.size(file) <= LARGEST_BYTES && FileKind.of(in.readNBytes(FileKind.HEAD_BYTES)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> uploaded(Person person, List<Path> files) throws Exception {
        try (var three = Executors.newFixedThreadPool(3)) {
            var ids = new ArrayList<String>();
            var uploads = files.stream().<Callable<Person.Answer>>map(file -> () -> person.upload("/api/pictures", file.getFileName().toString(),
                    Files.readAllBytes(file), Map.of("folder", file.getParent().getFileName().toString()))).toList();
            for (var upload : three.invokeAll(uploads)) {
                var answer = upload.get();
                if (answer.status() == 201 && answer.json().hasNonNull("id")) {
                    ids.add(answer.json().get("id").asString());
                }
            }
            return ids;
        }
    }

    private void makeSomethingOfThem() {
        var own = pictures.stream().filter(id -> mina.get("/api/pictures/" + id).status() == 200).toList();
        edit(own.get(0), Map.of("favourite", true, "rating", 5, "description", "바다, with \"quotes\" and a \\ backslash\nin two lines"));
        edit(own.get(1), Map.of("tags", List.of("여름", "Italy"), "archived", true));
        edit(own.get(2), Map.of("favourite", true));
        album("제주 2008", own.subList(0, Math.min(8, own.size())));
        album("Empty", List.of());
        var ordered = album("Ordered", own.subList(2, 5));
        Person.require(200, mina.post("/api/albums/" + ordered + "/pictures/move", Map.of("ids", List.of(own.get(4)), "before", own.get(2))));
        Person.require(200, mina.put("/api/albums/" + ordered + "/cover", Map.of("pictureId", own.get(3))));
        Person.require(200, mina.patch("/api/albums/" + ordered, Map.of("description", "Three\ndays", "ordering", "oldest", "display", "trip")));
        Person.require(201, mina.post("/api/albums/" + ordered + "/texts", Map.of("text", "<b>둘째 날</b>", "before", own.get(3))));
        Person.require(200, mina.put("/api/albums/" + ordered + "/parent", Map.of("parentId", album("Around it", List.of()))));
        Person.require(204, mina.delete("/api/albums/" + album("Deleted", own.subList(0, 2))));
        mina.post("/api/trash", Map.of("ids", own.subList(5, 8)));
        mina.call("DELETE", "/api/trash", Map.of("ids", List.of(own.get(5))));
    }

    private void edit(String picture, Map<String, Object> edit) {
        Person.require(200, mina.patch("/api/pictures/" + picture, edit));
    }

    private String album(String name, List<String> ids) {
        var album = Person.require(201, mina.post("/api/albums", Map.of("name", name))).json().get("id").asString();
        if (!ids.isEmpty()) {
            Person.require(200, mina.post("/api/albums/" + album + "/pictures", Map.of("ids", ids)));
        }
        return album;
    }

    /// Nothing waits to be done now, and all labels are written.
    void awaitQuiet() {
        var database = database();
        Awaitility.await("quiet").atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> database.sql("""
                SELECT (SELECT count(*) FROM storage.job WHERE execution_time <= now() + interval '15 seconds' AND task_name <> 'write-labels')
                     + (SELECT count(*) FROM storage.long_job) + (SELECT count(*) FROM storage.label_due)
                """).query(Long.class).single() == 0);
    }
}
