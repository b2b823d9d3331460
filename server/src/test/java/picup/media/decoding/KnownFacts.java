package picup.media.decoding;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What `facts.json` knows of one sample, against what Picup says of it: the table of what differs, and why. The same for decoders and for
/// the interface.
public final class KnownFacts {

    /// Where we differ on purpose. Whoever adds a line argues for it.
    public static final Map<String, String> ARGUED = Map.ofEntries(
            Map.entry("cameras/ExtendedXMP.jpg | takenAt", "pdf:CreationDate is when a document was made, not when a picture was taken"),
            Map.entry("cameras/PhotoMechanic.jpg | offset", "facts.json lists EXIF's offsets only; IPTC's time carries one of its own"),
            Map.entry("gps/thompson-springs.jpg | takenAt", "the satellites' time goes before IPTC's, whose clock was an hour off"),
            Map.entry("misc-image/cmyk-sample-no-icc.jpg | offset", "facts.json lists EXIF's offsets only; XMP's time carries one of its own"),
            Map.entry("png/photoshop-8x12-rgb24-all-metadata.png | offset", "the same"),
            Map.entry("webp/flower2.webp | offset", "the same"),
            Map.entry("dates/before_epoch.jpg | takenAt", "nobody took photographs in 1601: the next source is asked"),
            Map.entry("video/Sony ILCE-7M3 (A7M3).mts | make", "AVCHD's number 264 stands for Sony"),
            Map.entry("video/Sony ILCE-7M3 (A7M3).mts | offset", "facts.json lists EXIF's offsets only; AVCHD's time carries one of its own"),
            Map.entry("video/sample_fragmented.mp4 | durationMs", "its frames end after a second; ffprobe makes days of it"),
            Map.entry("burst/00000IMG_00000_BURST20200601120000000.jpg | rating", "Microsoft's percentage is there and is 0: no stars"),
            Map.entry("burst/00001IMG_00001_BURST20200601120000120_COVER.jpg | rating", "the same"),
            Map.entry("burst/00002IMG_00002_BURST20200601120000240.jpg | rating", "the same"),
            Map.entry("burst/00003IMG_00003_BURST20200601120000360.jpg | rating", "the same"),
            Map.entry("raw/PhaseOne.iiq | width", "facts.json has the one pixel of its first directory; the RAW's own tags say what the sensor has"),
            Map.entry("raw/PhaseOne.iiq | height", "the same"),
            Map.entry("raw/testDNG.dng | width", "facts.json has the preview of the first directory; the size is that of another one, as the made file has several"),
            Map.entry("raw/testDNG.dng | height", "the same"),
            Map.entry("raw/testDNG_bigtiff.dng | width", "the same"),
            Map.entry("raw/testDNG_bigtiff.dng | height", "the same"),
            Map.entry("raw/testDNG_bigtiff.dng | make", "its first directory has it; facts.json was read by the name of the file and lacks it"),
            Map.entry("raw/testDNG_bigtiff.dng | model", "the same"),
            Map.entry("video/fixture.3gp | width", "pixels are 63:44: players show 504 by 288, ffprobe's width is that of the stored frame"));

    /// What facts.json calls a picture, and isn't one.
    public static final Map<String, String> NO_PICTURES = Map.of(
            "xmp/20240128_105420.json", "JSON of another program, which ffprobe takes for an animation of letters",
            "xmp/20240128_120909.json", "the same",
            "xmp/bunny_1sec.json", "the same",
            "xmp/bunny_1sec_v3.json", "the same",
            "xmp/20240128_105420.mp4.xmp", "a sidecar that tells a duration",
            "xmp/20240128_120909.mp4.xmp", "the same");

    /// How far clocks are from the sun: western China's by three hours, others' less.
    private static final double CLOCK_TO_SUN_HOURS = 3.5;

    /// Of a video; players and encoders round.
    private static final long SAME_DURATION_MS = 50;

    private static final double SAME_DEGREES = 1e-4;

    private static final List<String> TELLING = List.of("takenAt", "offset", "latitude", "rating", "make", "durationMs", "liveId", "videoCreatedLocal");

    /// @param taken       none where the file doesn't say
    /// @param wholeSecond parts of it aren't told
    public record Said(
            Integer width, Integer height, LocalDateTime taken, Integer offsetSeconds, boolean wholeSecond, Double latitude, Double longitude,
            String make, String model, Integer rating, Long durationMs) {}

    private final String name;
    private final JsonNode known;
    private final List<String> differences = new ArrayList<>();

    private KnownFacts(String name, JsonNode known) {
        this.name = name;
        this.known = known;
    }

    /// Which of its facts are known, for whoever looks at one file of each sort.
    public static Set<String> told(JsonNode known) {
        return TELLING.stream().filter(known::hasNonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    public static List<String> differences(String name, JsonNode known, Said said) {
        KnownFacts facts = new KnownFacts(name, known);
        if (known.has("width")) {
            facts.same("width", known.path("width").asInt(0), said.width());
            facts.same("height", known.path("height").asInt(0), said.height());
        }
        facts.compareTaken(said);
        facts.comparePlace(said.latitude(), said.longitude());
        facts.same("make", text(known, "make"), said.make());
        facts.same("model", text(known, "model"), said.model());
        facts.same("rating", text(known, "rating"), said.rating() == null ? null : said.rating().toString());
        if (known.has("durationMs") && said.durationMs() != null && Math.abs(known.path("durationMs").asLong() - said.durationMs()) > SAME_DURATION_MS) {
            facts.differs("durationMs", known.path("durationMs"), said.durationMs());
        }
        return facts.differences;
    }

    /// A sidecar has neither a size nor a camera for us; its offset is part of the time, which facts.json leaves out.
    static List<String> differencesOfSidecar(String name, JsonNode known, Said said) {
        KnownFacts facts = new KnownFacts(name, known);
        boolean local = said.taken() != null && !facts.inUtc();
        facts.compareTaken(local ? withoutOffset(said) : said);
        facts.comparePlace(said.latitude(), said.longitude());
        facts.same("rating", text(known, "rating"), said.rating() == null ? null : said.rating().toString());
        return facts.differences;
    }

    private static Said withoutOffset(Said said) {
        return new Said(null, null, said.taken(), null, said.wholeSecond(), null, null, null, null, null, null);
    }

    private void compareTaken(Said said) {
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
        }
        LocalDateTime expected = at == null ? null : LocalDateTime.parse(at).truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime taken = said.taken() == null ? null : said.taken().truncatedTo(ChronoUnit.SECONDS);
        if (inUtc()) {
            same("takenAt", expected.toInstant(ZoneOffset.UTC), instant(taken, said.offsetSeconds()));
        } else {
            same("takenAt", expected, taken);
        }
        if (taken != null) {
            compareOffset(offset, said);
        }
        String parts = text(known, "subsec");
        if (parts != null && expected != null && taken != null && !said.wholeSecond() && parts.strip().matches("\\d+")) {
            same("subsec", Integer.parseInt((parts.strip() + "000000000").substring(0, 9)), said.taken().getNano());
        }
    }

    private void compareOffset(String offset, Said said) {
        if (offset != null) {
            same("offset", ZoneOffset.of(offset).getTotalSeconds(), said.offsetSeconds());
        } else if (said.longitude() == null) {
            same("offset", inUtc() ? Integer.valueOf(0) : null, said.offsetSeconds());
        } else if (said.offsetSeconds() == null
                || Math.abs(said.offsetSeconds() / 3600.0 - said.longitude() / 15) > CLOCK_TO_SUN_HOURS) {
            // Nobody knows but the place: then it is near the sun's.
            differs("offset", "that of " + said.latitude() + ", " + said.longitude(), said.offsetSeconds());
        }
    }

    private boolean inUtc() {
        return !known.has("videoCreatedLocal")
                && known.path("takenFrom").asString("").matches("QuickTime:CreateDate|Matroska:DateTimeOriginal|XMP:XMP-video:DateTimeOriginal");
    }

    private static Instant instant(LocalDateTime at, Integer offsetSeconds) {
        return at == null || offsetSeconds == null ? null : at.toInstant(ZoneOffset.ofTotalSeconds(offsetSeconds));
    }

    /// Exactly 0, 0 is where receivers without a signal are: no place, for us.
    private void comparePlace(Double latitude, Double longitude) {
        boolean nowhere = known.path("latitude").asDouble(1) == 0 && known.path("longitude").asDouble(1) == 0;
        near("latitude", nowhere ? null : number("latitude"), latitude);
        near("longitude", nowhere ? null : number("longitude"), longitude);
    }

    private Double number(String field) {
        return known.path(field).isNumber() ? known.path(field).asDouble() : null;
    }

    static String text(JsonNode known, String field) {
        return known.hasNonNull(field) ? known.path(field).asString() : null;
    }

    private void near(String what, Double expected, Double actual) {
        boolean same = expected == null || actual == null ? expected == actual : Math.abs(expected - actual) <= SAME_DEGREES;
        if (!same) {
            differs(what, expected, actual);
        }
    }

    private void same(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            differs(what, expected, actual);
        }
    }

    private void differs(String what, Object expected, Object actual) {
        differences.add(name + " | " + what + " | known: " + expected + " | said: " + actual);
    }
}
