package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import picup.media.decoding.KnownFacts;
import tools.jackson.databind.JsonNode;

/// Photos and videos of many cameras, from the upload to what the interface says and shows of them, by the same table as
/// `picup.media.decoding.CorpusTest`, where all of them are decoded: here one of each kind and of each set of facts, the smallest, and all with
/// `-Dpicup.corpus.all=true` (`./picup bench corpus`).
class CorpusJourneyTest {
    private static final boolean ALL = Boolean.getBoolean("picup.corpus.all");

    /// Their sensor's data was taken out to make small samples: what is left to show is a thumbnail, of another shape than the RAW.
    private static final List<String> PRUNED = List.of("raw/FujiFilm.raf thumb", "raw/Panasonic.rw2 thumb", "raw/testDNG_bigtiff.dng thumb");

    private final Person person = Product.newPerson();

    @Test
    void filesOfManyCamerasAreShownUprightWithTheirFactsAndComeOutAsTheyWentIn() throws Exception {
        var folder = Corpus.folder("open");
        var known = Corpus.json(folder.resolve("facts.json"));
        var checks = new ArrayList<Callable<List<String>>>();
        for (var name : chosen(folder, known)) {
            checks.add(() -> differences(name, folder.resolve(name), known.get(name)));
        }
        assertThat(checks).hasSizeGreaterThan(ALL ? 370 : 60);
        var differences = new ArrayList<String>();
        try (var four = Executors.newFixedThreadPool(4)) {
            for (var check : four.invokeAll(checks)) {
                differences.addAll(check.get());
            }
        }
        System.out.println(checks.size() + " files shown; they differ in:");
        differences.forEach(System.out::println);
        assertThat(differences).filteredOn(line -> KnownFacts.ARGUED.keySet().stream().noneMatch(line::startsWith))
                .filteredOn(line -> PRUNED.stream().noneMatch(line::startsWith)).isEmpty();
    }

    private static List<String> chosen(Path folder, JsonNode known) throws IOException {
        var smallest = new TreeMap<String, String>();
        for (var sample : known.properties()) {
            var file = folder.resolve(sample.getKey());
            var kind = Corpus.kind(file).filter(each -> !each.sidecar() && sample.getValue().path("decodable").asBoolean(false));
            if (kind.isPresent()) {
                var sort = ALL ? sample.getKey() : kind.get() + " " + KnownFacts.told(sample.getValue());
                smallest.merge(sort, sample.getKey(), (one, other) -> sizeBytes(folder, one) <= sizeBytes(folder, other) ? one : other);
            }
        }
        return List.copyOf(smallest.values());
    }

    private static long sizeBytes(Path folder, String name) {
        return folder.resolve(name).toFile().length();
    }

    private List<String> differences(String name, Path file, JsonNode known) throws IOException {
        var bytes = Files.readAllBytes(file);
        var differences = new ArrayList<String>();
        var answer = person.upload(file.getFileName().toString(), bytes);
        if (answer.status() != 201 && answer.status() != 200) {
            return List.of(name + " refused: " + answer);
        }
        var picture = person.settled(answer.json().get("id").asString());
        var address = "/api/pictures/" + picture.get("id").asString();
        if (!picture.get("state").asString().equals("ready")) {
            return List.of(name + " not shown: " + picture.get("reason"));
        }
        if (!Arrays.equals(person.get(address + "/original").body(), bytes)) {
            differences.add(name + " original came out otherwise");
        }
        differences.addAll(KnownFacts.differences(name, known, said(picture)));
        thumb(name, picture, person.get(address + "/renditions/thumb"), differences);
        return differences;
    }

    /// A time that the file's name or the client told is none that the file says.
    private static KnownFacts.Said said(JsonNode picture) {
        var fromFile = picture.get("takenAtSource").asString().contains(":");
        var taken = fromFile ? DateTimeFormatter.ISO_DATE_TIME.parseBest(picture.get("takenAt").asString(), OffsetDateTime::from, LocalDateTime::from) : null;
        var withOffset = taken instanceof OffsetDateTime offset ? offset : null;
        return new KnownFacts.Said(
                picture.get("width").asInt(), picture.get("height").asInt(),
                withOffset != null ? withOffset.toLocalDateTime() : (LocalDateTime) taken,
                withOffset == null ? null : withOffset.getOffset().getTotalSeconds(), true,
                number(picture, "latitude"), number(picture, "longitude"), text(picture.get("camera"), "make"), text(picture.get("camera"), "model"),
                picture.hasNonNull("rating") ? picture.get("rating").asInt() : null, picture.hasNonNull("durationMs") ? picture.get("durationMs").asLong() : null);
    }

    private static Double number(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asDouble() : null;
    }

    private static void thumb(String name, JsonNode picture, Person.Answer thumb, List<String> differences) throws IOException {
        if (thumb.status() != 200) {
            differences.add(name + " has no thumb: " + thumb);
        } else if ("image/jpeg".equals(thumb.header("content-type"))) {
            var image = ImageIO.read(new ByteArrayInputStream(thumb.body()));
            double shown = (double) image.getWidth() / image.getHeight();
            double known = (double) picture.get("width").asInt() / picture.get("height").asInt();
            // A pixel of rounding on the short side.
            if (Math.abs(shown / known - 1) > 1.5 / Math.min(image.getWidth(), image.getHeight())) {
                differences.add(name + " thumb is " + image.getWidth() + "x" + image.getHeight() + " of " + picture.get("width") + "x" + picture.get("height"));
            }
        }
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asString() : null;
    }
}
