package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import picup.decoder.FileKind;
import tools.jackson.databind.JsonNode;

/// Photos and videos of many cameras, from the upload to what the interface says and shows of them. (What decoders read
/// from each is compared field by field, with its arguments, in `picup.media.decoding.CorpusTest`.)
class CorpusJourneyTest {
    /// Where we differ on purpose.
    private static final Map<String, String> ARGUED = Map.of(
            "cameras/ExtendedXMP.jpg takenAt", "pdf:CreationDate is when a document was made, not when a picture was taken",
            "video/fixture.3gp size", "pixels are 63:44: players show 504 by 288, ffprobe's width is that of the stored frame");

    private final Person person = Product.newPerson();

    @Test
    void everyFileOfManyCamerasIsShownUprightWithItsFactsAndComesOutAsItWentIn() throws Exception {
        var folder = Corpus.folder("open");
        var checks = new ArrayList<Callable<List<String>>>();
        for (var sample : Corpus.json(folder.resolve("facts.json")).properties()) {
            var file = folder.resolve(sample.getKey());
            if (kind(file) && sample.getValue().path("decodable").asBoolean(false)) {
                checks.add(() -> differences(sample.getKey(), file, sample.getValue()));
            }
        }
        assertThat(checks).hasSizeGreaterThan(250);
        var differences = new ArrayList<String>();
        try (var four = Executors.newFixedThreadPool(4)) {
            for (var check : four.invokeAll(checks)) {
                differences.addAll(check.get());
            }
        }
        System.out.println(checks.size() + " files shown; they differ in:");
        differences.forEach(System.out::println);
        assertThat(differences).filteredOn(line -> ARGUED.keySet().stream().noneMatch(line::startsWith)).isEmpty();
    }

    private static boolean kind(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return FileKind.of(in.readNBytes(FileKind.HEAD_BYTES)).isPresent();
        }
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
        if (!java.util.Arrays.equals(person.get(address + "/original").body(), bytes)) {
            differences.add(name + " original came out otherwise");
        }
        var size = picture.get("width").asInt() + "x" + picture.get("height").asInt();
        var knownSize = known.path("width").asInt() + "x" + known.path("height").asInt();
        if (!size.equals(knownSize)) {
            differences.add(name + " size: known " + knownSize + ", shown " + size);
        }
        for (var field : List.of("make", "model")) {
            if (!Objects.equals(text(known, field), text(picture.get("camera"), field))) {
                differences.add(name + " " + field + ": known " + text(known, field) + ", shown " + text(picture.get("camera"), field));
            }
        }
        var taken = text(known, "takenAt");
        if (taken != null && taken.matches("(?!0000)\\d{4}-(?!00)\\d\\d-(?!00)\\d\\dT[\\d:]{8}") && !known.has("videoCreatedLocal")
                && !picture.get("takenAt").asString().startsWith(taken)) {
            differences.add(name + " takenAt: known " + taken + ", shown " + picture.get("takenAt"));
        }
        thumb(name, picture, person.get(address + "/renditions/thumb"), differences);
        return differences;
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
