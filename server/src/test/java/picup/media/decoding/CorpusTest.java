package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import tools.jackson.databind.JsonNode;

/// Photos and videos of many cameras: what a decoder says about each against what is known.
class CorpusTest {

    /// Where we differ on purpose. Whoever adds a line argues for it.
    private static final Map<String, String> ARGUED = Map.of(
            "cameras/ExtendedXMP.jpg | takenAt", "pdf:CreationDate is when a document was made, not when a picture was taken",
            "cameras/PhotoMechanic.jpg | offset", "facts.json lists EXIF's offsets only; IPTC's time carries one of its own",
            "gps/thompson-springs.jpg | offset", "the same",
            "misc-image/cmyk-sample-no-icc.jpg | offset", "facts.json lists EXIF's offsets only; XMP's time carries one of its own",
            "png/photoshop-8x12-rgb24-all-metadata.png | offset", "the same",
            "webp/flower2.webp | offset", "the same",
            "video/fixture.3gp | width", "pixels are 63:44: players show 504 by 288, ffprobe's width is that of the stored frame");

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
                Optional<FileKind> kind = Samples.kind(file);
                if (kind.isPresent()) {
                    files++;
                    compare(sample.getKey(), sample.getValue(), pool.decode(DecodeRequest.render(file, out, kind.get())));
                } else if (sample.getValue().path("decodable").asBoolean(false) && sample.getValue().path("mediaType").asString("").matches("image/(jpeg|png|webp|gif|heic|heif|avif)|video/(mp4|quicktime)")) {
                    differs(sample.getKey(), "kind", sample.getValue().path("mediaType").asString(""), "none");
                }
            }
        }
        System.out.println(files + " files compared; they differ in:");
        differences.forEach(System.out::println);
        assertThat(files).isGreaterThan(300);
        assertThat(differences).filteredOn(line -> ARGUED.keySet().stream().noneMatch(line::startsWith)).isEmpty();
        assertThat(ARGUED.keySet()).as("arguments that nothing needs any more")
                .allMatch(argued -> differences.stream().anyMatch(line -> line.startsWith(argued)));
    }

    private void compare(String name, JsonNode known, DecodeAnswer answer) {
        boolean decodable = known.path("decodable").asBoolean(false);
        switch (answer) {
            case DecodeAnswer.Described _ -> differs(name, "answer", "a picture", answer);
            case DecodeAnswer.Refused refused -> {
                if (decodable) {
                    differs(name, "decodable", true, refused);
                }
            }
            case DecodeAnswer.Decoded decoded -> {
                if (!decodable) {
                    differs(name, "decodable", known.path("decodable"), decoded);
                }
                compare(name, known, decoded.facts());
            }
        }
    }

    private void compare(String name, JsonNode known, Facts facts) {
        same(name, "width", known.path("width").asInt(0), facts.image().width());
        same(name, "height", known.path("height").asInt(0), facts.image().height());
        compareTaken(name, known, facts.taken());
        near(name, "latitude", known.path("latitude"), facts.place() == null ? null : facts.place().latitude());
        near(name, "longitude", known.path("longitude"), facts.place() == null ? null : facts.place().longitude());
        same(name, "make", text(known, "make"), facts.camera().make());
        same(name, "model", text(known, "model"), facts.camera().model());
        same(name, "rating", text(known, "rating"), facts.words().rating() == null ? null : facts.words().rating().toString());
        same(name, "liveId", text(known, "liveId"), facts.ties().liveId());
        if (known.has("durationMs") && facts.clip() != null
                && Math.abs(known.path("durationMs").asLong() - facts.clip().durationMs()) > 50) {
            differs(name, "durationMs", known.path("durationMs"), facts.clip().durationMs());
        }
    }

    private void compareTaken(String name, JsonNode known, Facts.Taken taken) {
        String at = text(known, "takenAt");
        // Spaces for digits, or day 0 of month 0: no time, whatever the tag says.
        if (at != null && !at.matches("(?!0000)\\d{4}-(?!00)\\d\\d-(?!00)\\d\\dT\\d\\d:\\d\\d:\\d\\d.*")) {
            at = null;
        }
        String offset = text(known, "offset");
        if (known.has("videoCreatedLocal")) {
            // The phone's own clock with its offset, where there is one, is better than the UTC that ExifTool was asked for.
            OffsetDateTime local = OffsetDateTime.parse(text(known, "videoCreatedLocal").replaceFirst("(\\d\\d)(\\d\\d)$", "$1:$2"));
            at = local.toLocalDateTime().toString();
            offset = local.getOffset().getId();
        } else if ("QuickTime:CreateDate".equals(text(known, "takenFrom"))) {
            offset = "Z";
        }
        same(name, "takenAt", at == null ? null : LocalDateTime.parse(at).truncatedTo(ChronoUnit.SECONDS),
                taken == null ? null : taken.at().truncatedTo(ChronoUnit.SECONDS));
        same(name, "offset", offset == null ? null : Integer.valueOf(ZoneOffset.of(offset).getTotalSeconds()), taken == null ? null : taken.offsetSeconds());
        String subsec = text(known, "subsec");
        if (subsec != null && taken != null && subsec.strip().matches("\\d+")) {
            same(name, "subsec", Integer.parseInt((subsec.strip() + "000000000").substring(0, 9)), taken.at().getNano());
        }
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
