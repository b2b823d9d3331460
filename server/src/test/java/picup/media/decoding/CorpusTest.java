package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
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

/// Photos and videos of many cameras, and what lies beside them: what a decoder says about each against what is known.
class CorpusTest {

    /// Where we differ on purpose. Whoever adds a line argues for it.
    private static final Map<String, String> ARGUED = Map.ofEntries(
            Map.entry("cameras/ExtendedXMP.jpg | takenAt", "pdf:CreationDate is when a document was made, not when a picture was taken"),
            Map.entry("cameras/PhotoMechanic.jpg | offset", "facts.json lists EXIF's offsets only; IPTC's time carries one of its own"),
            Map.entry("gps/thompson-springs.jpg | offset", "the same"),
            Map.entry("misc-image/cmyk-sample-no-icc.jpg | offset", "facts.json lists EXIF's offsets only; XMP's time carries one of its own"),
            Map.entry("png/photoshop-8x12-rgb24-all-metadata.png | offset", "the same"),
            Map.entry("webp/flower2.webp | offset", "the same"),
            Map.entry("dates/before_epoch.jpg | takenAt", "nobody took photographs in 1601"),
            Map.entry("dates/gps-datetime.jpg | takenAt", "its only time is the satellites', which facts.json leaves out"),
            Map.entry("video/Sony ILCE-7M3 (A7M3).mts | make", "AVCHD's number 264 stands for Sony"),
            Map.entry("video/fixture.3gp | width", "pixels are 63:44: players show 504 by 288, ffprobe's width is that of the stored frame"));

    /// What facts.json doesn't call a picture, and Picup takes in.
    private static final Set<FileKind> PICTURES_TO_US = Set.of(FileKind.PSD);

    /// How far clocks are from the sun: western China's by three hours, others' less.
    private static final double CLOCK_TO_SUN_HOURS = 3.5;

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
                boolean picture = sample.getValue().path("picture").asBoolean();
                Optional<FileKind> kind = Samples.kind(file).filter(known -> !known.sidecar());
                if (picture && kind.isPresent()) {
                    files++;
                    compare(sample.getKey(), sample.getValue(), pool.decode(DecodeRequest.render(file, out, kind.get())));
                } else if (picture || kind.isPresent() && !PICTURES_TO_US.contains(kind.get())) {
                    differs(sample.getKey(), "kind", sample.getValue().path("mediaType").asString(""), kind);
                }
            }
        }
        report(files + " files compared; they differ in:");
        assertThat(files).isGreaterThan(400);
        assertThat(ARGUED.keySet()).as("arguments that nothing needs any more")
                .allMatch(argued -> differences.stream().anyMatch(line -> line.startsWith(argued)));
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
                    DecodeAnswer answer = pool.decode(DecodeRequest.describe(file, out, kind.get()));
                    if (!(answer instanceof DecodeAnswer.Described described)) {
                        differs(sample.getKey(), "answer", "facts", answer);
                    } else if (kind.get() == FileKind.XMP) {
                        compare(sample.getKey(), sample.getValue(), described.facts());
                    } else {
                        compareTakeout(sample.getKey(), Samples.json(file), described.facts());
                    }
                }
            }
        }
        report(files + " sidecars compared; they differ in:");
        assertThat(files).isGreaterThan(40);
    }

    private void report(String title) {
        System.out.println(title);
        differences.forEach(System.out::println);
        assertThat(differences).filteredOn(line -> ARGUED.keySet().stream().noneMatch(line::startsWith)).isEmpty();
    }

    private void compare(String name, JsonNode known, DecodeAnswer answer) {
        switch (answer) {
            case DecodeAnswer.Described _ -> differs(name, "answer", "a picture", answer);
            case DecodeAnswer.Refused refused -> {
                if (known.path("decodable").asBoolean(false)) {
                    differs(name, "decodable", true, refused);
                }
            }
            // What Debian's libvips can't decode, we may.
            case DecodeAnswer.Decoded decoded -> compare(name, known, decoded.facts());
        }
    }

    private void compare(String name, JsonNode known, Facts facts) {
        if (known.has("width")) {
            same(name, "width", known.path("width").asInt(0), facts.image().width());
            same(name, "height", known.path("height").asInt(0), facts.image().height());
        }
        compareTaken(name, known, facts.taken(), facts.place());
        comparePlace(name, known, facts.place());
        same(name, "make", text(known, "make"), facts.camera().make());
        same(name, "model", text(known, "model"), facts.camera().model());
        same(name, "rating", text(known, "rating"), facts.words().rating() == null ? null : facts.words().rating().toString());
        same(name, "liveId", text(known, "liveId"), facts.ties().liveId());
        if (known.has("durationMs") && facts.clip() != null
                && Math.abs(known.path("durationMs").asLong() - facts.clip().durationMs()) > 50) {
            differs(name, "durationMs", known.path("durationMs"), facts.clip().durationMs());
        }
    }

    private void compare(String name, JsonNode known, SidecarFacts facts) {
        compareTaken(name, known, facts.taken(), facts.place());
        comparePlace(name, known, facts.place());
        same(name, "rating", text(known, "rating"), facts.words().rating() == null ? null : facts.words().rating().toString());
    }

    private void compareTakeout(String name, JsonNode known, SidecarFacts facts) {
        same(name, "title", text(known, "title"), facts.title());
        same(name, "description", known.path("description").asString("").isBlank() ? null : known.path("description").asString(), facts.words().description());
        same(name, "favourite", known.path("favorited").asBoolean(false), facts.favourite());
        JsonNode seconds = known.path("photoTakenTime").path("timestamp");
        same(name, "takenAt", seconds.isMissingNode() ? null : Instant.ofEpochSecond(Long.parseLong(seconds.asString())), instant(facts.taken()));
        comparePlace(name, known.path("geoData"), facts.place());
    }

    private void compareTaken(String name, JsonNode known, Facts.Taken taken, Facts.Place place) {
        String at = text(known, "takenAt");
        // Spaces for digits, or day 0 of month 0: no time, whatever the tag says.
        if (at != null && !at.matches("(?!0000)\\d{4}-(?!00)\\d\\d-(?!00)\\d\\dT\\d\\d:\\d\\d:\\d\\d.*")) {
            at = null;
        }
        String offset = text(known, "offset");
        boolean inUtc = false;
        if (known.has("videoCreatedLocal")) {
            // The phone's own clock with its offset, where there is one, is better than the UTC that ExifTool was asked for.
            OffsetDateTime local = OffsetDateTime.parse(text(known, "videoCreatedLocal").replaceFirst("(\\d\\d)(\\d\\d)$", "$1:$2"));
            at = local.toLocalDateTime().toString();
            offset = local.getOffset().getId();
        } else if (known.path("takenFrom").asString("").matches("QuickTime:CreateDate|Matroska:DateTimeOriginal|XMP:XMP-video:DateTimeOriginal")) {
            inUtc = true;
        }
        LocalDateTime expected = at == null ? null : LocalDateTime.parse(at).truncatedTo(ChronoUnit.SECONDS);
        if (inUtc) {
            same(name, "takenAt", expected.toInstant(ZoneOffset.UTC), instant(taken));
        } else {
            same(name, "takenAt", expected, taken == null ? null : taken.at().truncatedTo(ChronoUnit.SECONDS));
        }
        if (taken != null && offset == null && place != null) {
            // Nobody knows but the place: then it is near the sun's.
            if (taken.offsetSeconds() == null || Math.abs(taken.offsetSeconds() / 3600.0 - place.longitude() / 15) > CLOCK_TO_SUN_HOURS) {
                differs(name, "offset", "that of " + place, taken.offsetSeconds());
            }
        } else if (taken != null) {
            same(name, "offset", offset == null ? inUtc ? Integer.valueOf(0) : null : Integer.valueOf(ZoneOffset.of(offset).getTotalSeconds()), taken.offsetSeconds());
        }
        String subsec = text(known, "subsec");
        if (subsec != null && expected != null && taken != null && subsec.strip().matches("\\d+")) {
            same(name, "subsec", Integer.parseInt((subsec.strip() + "000000000").substring(0, 9)), taken.at().getNano());
        }
    }

    private static Instant instant(Facts.Taken taken) {
        return taken == null || taken.offsetSeconds() == null
                ? null
                : taken.at().truncatedTo(ChronoUnit.SECONDS).toInstant(ZoneOffset.ofTotalSeconds(taken.offsetSeconds()));
    }

    /// Exactly 0, 0 is where receivers without a signal are: no place, for us.
    private void comparePlace(String name, JsonNode known, Facts.Place place) {
        boolean nowhere = known.path("latitude").asDouble(1) == 0 && known.path("longitude").asDouble(1) == 0;
        near(name, "latitude", nowhere ? known.path("none") : known.path("latitude"), place == null ? null : place.latitude());
        near(name, "longitude", nowhere ? known.path("none") : known.path("longitude"), place == null ? null : place.longitude());
    }

    private static String text(JsonNode known, String field) {
        return known.hasNonNull(field) ? known.path(field).asString() : null;
    }

    private void near(String name, String what, JsonNode expected, Double actual) {
        boolean both = expected.isNumber() && actual != null;
        if (both ? Math.abs(expected.asDouble() - actual) > 1e-4 : expected.isNumber() || actual != null) {
            differs(name, what, expected, actual);
        }
    }

    private void same(String name, String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            differs(name, what, expected, actual);
        }
    }

    private void differs(String name, String what, Object expected, Object actual) {
        differences.add(name + " | " + what + " | known: " + expected + " | decoder: " + actual);
    }
}
