package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;
import picup.decoder.SidecarFacts;
import tools.jackson.databind.JsonNode;

/// Photos and videos of many cameras, and what lies beside them: each is shown, and what a decoder says about it is what is known. (That the
/// product shows them and says so, by some of each kind, is `picup.journey.CorpusJourneyTest`.)
class CorpusTest {

    /// Real files that show nothing, and why.
    private static final Map<String, String> REFUSED = Map.of(
            "cameras/beach.jpg", "the height is missing from its header (DNL marker), libjpeg says no",
            "dates/corrupted_city.JPG", "its header is destroyed",
            "tiff/10ct_32bit_128.tiff", "it doesn't say what its numbers mean (no photometric interpretation)",
            "video/sample_audio_only.mp4", "it is a sound");

    /// Codecs inside HEIF that nothing here reads.
    private static final List<String> UNCOMPRESSED_HEIF = List.of("heic/rgb_generic_", "heic/uncompressed");

    /// Their sensor's data was taken out to make small samples: what is left to show is a thumbnail, of another shape than the RAW.
    private static final Set<String> PRUNED = Set.of("raw/FujiFilm.raf", "raw/Panasonic.rw2", "raw/testDNG_bigtiff.dng");

    /// What facts.json doesn't call a picture, and Picup takes in.
    private static final Set<FileKind> PICTURES_TO_US = Set.of(FileKind.PSD);

    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();

    /// Facts of what can't be shown are asked for alone, as of one file of each kind and of each set of facts: who reads them again makes nothing.
    @Test
    void everyRealFileIsShownAndWhatIsKnownAboutItIsWhatADecoderSays() throws Exception {
        Path samples = Samples.folder("open");
        Path out = Files.createDirectory(folder.resolve("out"));
        Map<String, String> refused = new TreeMap<>();
        Set<String> askedForFacts = new HashSet<>();
        int shown = 0;
        try (DecoderPool pool = new DecoderPool(DecoderSettings.defaults(folder.resolve("work")))) {
            for (Map.Entry<String, JsonNode> sample : Samples.json(samples.resolve("facts.json")).properties()) {
                String name = sample.getKey();
                JsonNode known = sample.getValue();
                Path file = samples.resolve(name);
                boolean picture = known.path("picture").asBoolean() && !KnownFacts.NO_PICTURES.containsKey(name);
                Optional<FileKind> kind = Samples.kind(file).filter(each -> !each.sidecar());
                if (kind.isEmpty() ? picture : !picture && !PICTURES_TO_US.contains(kind.get())) {
                    differences.add(name + " | kind | known: " + known.path("mediaType") + " | said: " + kind);
                }
                if (kind.isEmpty()) {
                    continue;
                }
                DecodeAnswer answer = pool.decode(DecodeRequest.render(file, out, kind.get()));
                if (answer instanceof DecodeAnswer.Decoded decoded) {
                    shown++;
                    requireShape(name, decoded);
                } else {
                    refused.put(name, answer.toString());
                }
                if (picture) {
                    compare(name, known, answer);
                    if (!(answer instanceof DecodeAnswer.Decoded) || askedForFacts.add(kind.get() + " " + KnownFacts.told(known))) {
                        compare(name, known, pool.decode(DecodeRequest.facts(file, out, kind.get())));
                    }
                }
            }
        }
        System.out.println(shown + " files are shown, refused are:");
        refused.forEach((name, answer) -> System.out.println(name + " | " + answer));
        System.out.println("What is said differs in:");
        differences.forEach(System.out::println);
        refused.keySet().removeIf(name -> UNCOMPRESSED_HEIF.stream().anyMatch(name::startsWith));
        assertThat(shown).isGreaterThan(390);
        assertThat(refused.keySet()).containsExactlyInAnyOrderElementsOf(REFUSED.keySet());
        assertThat(differences).filteredOn(line -> KnownFacts.ARGUED.keySet().stream().noneMatch(line::startsWith)).isEmpty();
        assertThat(KnownFacts.ARGUED.keySet()).as("arguments that nothing needs any more")
                .allMatch(argued -> differences.stream().anyMatch(line -> line.startsWith(argued)));
    }

    /// Upright, therefore: a picture that was not turned has its sides the other way round.
    private void requireShape(String name, DecodeAnswer.Decoded decoded) {
        Facts.Image image = decoded.facts().image();
        for (RenditionFile made : decoded.renditions()) {
            if (made.name().moves() || made.name() == RenditionFile.Name.FULL) {
                continue; // the video in a photo has a shape of its own, and all pixels of a RAW a margin
            }
            double shape = (double) made.width() / made.height();
            // A pixel of rounding on the short side.
            if (Math.abs(shape * image.height() / image.width() - 1) > 1.5 / Math.min(made.width(), made.height()) && !PRUNED.contains(name)) {
                differences.add(name + " | " + made + " | known: " + image.width() + "x" + image.height());
            }
        }
    }

    private void compare(String name, JsonNode known, DecodeAnswer answer) {
        switch (answer) {
            case DecodeAnswer.Described _, DecodeAnswer.Edited _ -> differences.add(name + " | answer | known: a picture | said: " + answer);
            // What can't be decoded is refused by name. What Debian's libvips can't decode, we may.
            case DecodeAnswer.Refused _ -> {}
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
