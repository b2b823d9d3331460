package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Files that were made to break things, sent to the running product: of each kind the smallest and the largest of each collection, and whatever
/// is of no kind. Every one is decoded in `picup.media.decoding.HostileTest`, and sent with `-Dpicup.corpus.all=true` (`./picup bench corpus`).
class HostileJourneyTest {
    private static final boolean ALL = Boolean.getBoolean("picup.corpus.all");

    private final Person person = Product.newPerson();

    @Test
    void hostileFilesEndShownOrRefusedWithAReason() throws Exception {
        var folder = Corpus.folder("hostile-open");
        var files = chosen(folder);
        var ends = new ArrayList<Future<String>>();
        try (var four = Executors.newFixedThreadPool(4)) {
            files.forEach(file -> ends.add(four.submit(() -> end(folder, file))));
        }
        var table = new ArrayList<String>();
        for (var end : ends) {
            table.add(end.get());
        }
        table.forEach(System.out::println);
        assertThat(table).hasSizeGreaterThan(80);
        assertThat(table).allMatch(line -> line.startsWith("ready") || line.startsWith("failed: ") || line.startsWith("refused: "));
        assertThat(person.get("/health/live").status()).isEqualTo(200);
        person.show("after.jpg", Samples.photo());
    }

    private static Collection<Path> chosen(Path folder) throws IOException {
        var bySort = new TreeMap<String, List<Path>>();
        for (var file : Corpus.files(folder)) {
            if (!file.getParent().equals(folder)) {
                var kind = Corpus.kind(file);
                var sort = ALL || kind.isEmpty() ? file.toString() : folder.relativize(file).getName(0) + " " + kind.get();
                bySort.computeIfAbsent(sort, _ -> new ArrayList<>()).add(file);
            }
        }
        var chosen = new TreeSet<Path>();
        for (var files : bySort.values()) {
            files.sort(Comparator.comparingLong(file -> file.toFile().length()));
            chosen.add(files.getFirst());
            chosen.add(files.getLast());
        }
        return chosen;
    }

    private String end(Path folder, Path file) throws IOException {
        var name = folder.relativize(file);
        var answer = person.upload(file.getFileName().toString(), Files.readAllBytes(file));
        if (answer.status() == 415) {
            return "refused: " + name + " " + answer.code();
        }
        assertThat(answer.status()).as(name + " " + answer).isIn(200, 201);
        var id = answer.json().get("id").asString();
        if (answer.json().get("outcome").asString().equals("sidecar")) {
            var kept = person.get("/api/sidecars/" + id);
            assertThat(kept.body()).isEqualTo(Files.readAllBytes(file));
            assertThat(kept.header("content-disposition")).as("never shown").startsWith("attachment");
            return "ready " + name + " as a sidecar";
        }
        var picture = person.settled(id);
        for (var rendition : List.of("thumb", "preview", "video", "full")) {
            assertThat(person.get("/api/pictures/" + id + "/renditions/" + rendition).status()).as(name + " " + rendition).isIn(200, 404);
        }
        assertThat(person.get("/api/pictures/" + id + "/original").body()).isEqualTo(Files.readAllBytes(file));
        var state = picture.get("state").asString();
        return (state.equals("failed") ? "failed: " : state + " ") + name + (state.equals("failed") ? " " + picture.get("reason").asString() : "");
    }

    @Test
    void hostileFileNamesAreText() throws Exception {
        var names = List.of("../../../etc/passwd", "a\r\nX-Injected: 1.jpg", "é.jpg", "名前 写真.jpg", ".jpg", "..", "a".repeat(300) + ".jpg", "a;b.jpg",
                "`id`.jpg", "\u202egpj.exe", "a'b.jpg", "%n%s.jpg", "\ufeffa.jpg", "<script>alert(1)</script>.jpg", "\"><img src=x>.jpg", "' OR 1=1 --.jpg");
        for (var name : names) {
            var picture = person.show(name, Samples.photo(64, 64));
            var shown = picture.get("fileName").asString();
            assertThat(shown).as(name).isNotBlank().hasSizeLessThanOrEqualTo(255).doesNotContain("/", "\\", "\r", "\n", "\u202e", "\0");
            var download = person.get("/api/pictures/" + picture.get("id").asString() + "/original?download=true");
            assertThat(download.status()).isEqualTo(200);
            assertThat(download.header("X-Injected")).isNull();
            assertThat(download.header("content-disposition")).startsWith("attachment");
        }
        assertThat(person.show("名前 写真.jpg", Samples.photo(64, 64)).get("fileName").asString()).isEqualTo("名前 写真.jpg");
    }
}
