package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;
import tools.jackson.databind.JsonNode;

/// Photos and videos of many cameras, and what lies beside them: what a decoder says about each against what is known. (That each
/// is shown, too, is `picup.journey.CorpusJourneyTest`.)
class CorpusTest {

    /// What facts.json doesn't call a picture, and Picup takes in.
    private static final Set<FileKind> PICTURES_TO_US = Set.of(FileKind.PSD);

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();

    @Test
    void whatIsKnownAboutRealFilesIsWhatADecoderSays() throws Exception {
        Path samples = Samples.folder("open");
        Path out = Files.createDirectory(folder.resolve("out"));
        int files = 0;
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (Map.Entry<String, JsonNode> sample : Samples.json(samples.resolve("facts.json")).properties()) {
                Path file = samples.resolve(sample.getKey());
                boolean picture = sample.getValue().path("picture").asBoolean() && !KnownFacts.NO_PICTURES.containsKey(sample.getKey());
                Optional<FileKind> kind = Samples.kind(file).filter(known -> !known.sidecar());
                if (picture && kind.isPresent()) {
                    files++;
                    compare(sample.getKey(), sample.getValue(), pool.decode(DecodeRequest.facts(file, out, kind.get())));
                } else if (picture || kind.isPresent() && !PICTURES_TO_US.contains(kind.get())) {
                    differences.add(sample.getKey() + " | kind | known: " + sample.getValue().path("mediaType") + " | said: " + kind);
                }
            }
        }
        System.out.println(files + " files compared; they differ in:");
        differences.forEach(System.out::println);
        assertThat(files).isGreaterThan(400);
        assertThat(differences).filteredOn(line -> KnownFacts.ARGUED.keySet().stream().noneMatch(line::startsWith)).isEmpty();
        assertThat(KnownFacts.ARGUED.keySet()).as("arguments that nothing needs any more")
                .allMatch(argued -> differences.stream().anyMatch(line -> line.startsWith(argued)));
    }

    private void compare(String name, JsonNode known, DecodeAnswer answer) {
        switch (answer) {
            case DecodeAnswer.Described _, DecodeAnswer.Edited _ -> differences.add(name + " | answer | known: a picture | said: " + answer);
            case DecodeAnswer.Refused refused -> {
                if (known.path("decodable").asBoolean(false)) {
                    differences.add(name + " | decodable | known: true | said: " + refused);
                }
            }
            // What Debian's libvips can't decode, we may.
            case DecodeAnswer.Decoded decoded -> compare(name, known, decoded.facts());
        }
    }

    private void compare(String name, JsonNode known, Facts facts) {
        differences.addAll(KnownFacts.differences(name, known, said(facts.taken(), facts.place(), facts.words(), facts)));
        if (!Objects.equals(KnownFacts.text(known, "liveId"), facts.ties().liveId())) {
            differences.add(name + " | liveId | known: " + KnownFacts.text(known, "liveId") + " | said: " + facts.ties().liveId());
        }
    }

    private static KnownFacts.Said said(Facts.Taken taken, Facts.Place place, Facts.Words words, Facts facts) {
        return new KnownFacts.Said(
                facts == null ? null : facts.image().width(), facts == null ? null : facts.image().height(),
                taken == null ? null : taken.at(), taken == null ? null : taken.offsetSeconds(), false,
                place == null ? null : place.latitude(), place == null ? null : place.longitude(),
                facts == null ? null : facts.camera().make(), facts == null ? null : facts.camera().model(), words.rating(),
                facts == null || facts.clip() == null ? null : facts.clip().durationMs());
    }

    @Test
    void whatIsKnownAboutSidecarsIsWhatADecoderSays() throws Exception {
        Path samples = Samples.folder("open");
        Path out = Files.createDirectory(folder.resolve("out"));
        int files = 0;
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (Map.Entry<String, JsonNode> sample : Samples.json(samples.resolve("facts.json")).properties()) {
                Path file = samples.resolve(sample.getKey());
                Optional<FileKind> kind = Samples.kind(file).filter(FileKind::sidecar);
                if (kind.isPresent()) {
                    files++;
                    compareSidecar(sample.getKey(), sample.getValue(), file, pool.decode(DecodeRequest.describe(file, out, kind.get())));
                }
            }
        }
        System.out.println(files + " sidecars compared; they differ in:");
        differences.forEach(System.out::println);
        assertThat(files).isGreaterThan(40);
        assertThat(differences).isEmpty();
    }

    private void compareSidecar(String name, JsonNode known, Path file, DecodeAnswer answer) throws Exception {
        if (!(answer instanceof DecodeAnswer.Described(SidecarFacts facts))) {
            differences.add(name + " | answer | known: a sidecar | said: " + answer);
        } else if (name.endsWith(".xmp")) {
            differences.addAll(KnownFacts.differencesOfSidecar(name, known, said(facts.taken(), facts.place(), facts.words(), null)));
        } else {
            JsonNode takeout = Samples.json(file);
            same(name, "title", KnownFacts.text(takeout, "title"), Objects.requireNonNullElse(facts.title(), ""));
            same(name, "description", takeout.path("description").asString(""), Objects.requireNonNullElse(facts.words().description(), ""));
            same(name, "favourite", takeout.path("favorited").asBoolean(false), facts.favourite());
            same(name, "taken", takeout.path("photoTakenTime").path("timestamp").asString(""), facts.taken() == null ? ""
                    : Long.toString(facts.taken().at().toEpochSecond(ZoneOffset.ofTotalSeconds(facts.taken().offsetSeconds()))));
            double latitude = takeout.path("geoData").path("latitude").asDouble(0);
            same(name, "latitude", latitude == 0 ? null : Double.valueOf(latitude), facts.place() == null ? null : facts.place().latitude());
        }
    }

    private void same(String name, String what, Object known, Object said) {
        if (!Objects.equals(known, said)) {
            differences.add(name + " | " + what + " | known: " + known + " | said: " + said);
        }
    }
}
