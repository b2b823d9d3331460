package picup.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// ExifTool, for all kinds but the four that [EmbeddedFacts] reads. Perl takes 150 ms to start and 10 ms for a file, so one is
/// kept running while there is work. On some hostile files it spins for minutes and its own time-out doesn't help: it is killed from here.
final class ExifTool {

    /// A thousand times what it usually needs.
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// XMP of up to a megabyte is met where programs keep their history in it.
    private static final int MAX_OUTPUT_BYTES = 4 << 20;

    /// With `-b` the whole packet of XMP comes along, which [XmpFacts] reads better; of the rest nothing is binary.
    private static final String FORMAT = "-j\n-b\n-n\n-G0\n";

    private static final String BASE64 = "base64:";

    private static final List<String> TAGS = List.of(
            "-EXIF:DateTimeOriginal", "-EXIF:SubSecTimeOriginal", "-EXIF:OffsetTimeOriginal", "-EXIF:CreateDate", "-EXIF:SubSecTimeDigitized",
            "-EXIF:OffsetTimeDigitized", "-EXIF:OffsetTime", "-EXIF:GPSDateStamp", "-EXIF:GPSTimeStamp", "-IPTC:DateCreated", "-IPTC:TimeCreated",
            "-QuickTime:CreationDate", "-QuickTime:DateTimeOriginal", "-QuickTime:CreateDate", "-XML:CreationDateValue", "-ASF:CreationDate",
            "-Matroska:DateTimeOriginal", "-MakerNotes:DateTimeOriginal", "-H264:DateTimeOriginal", "-RIFF:DateTimeOriginal",
            "-Composite:GPSLatitude", "-Composite:GPSLongitude", "-Composite:GPSAltitude",
            "-Make", "-Model", "-H264:Make", "-QuickTime:HandlerDescription", "-QuickTime:CompressorName", "-LensModel", "-ISO",
            "-ExposureTime", "-FNumber", "-FocalLength",
            "-EXIF:Rating", "-EXIF:RatingPercent", "-QuickTime:RatingPercent", "-QuickTime:Description", "-QuickTime:Keywords",
            "-IPTC:Caption-Abstract", "-IPTC:Keywords", "-EXIF:ImageDescription", "-EXIF:XPComment", "-EXIF:XPKeywords",
            "-ContentIdentifier", "-MediaGroupUUID", "-BurstUUID", "-ICC_Profile:ProfileDescription", "-XMP");

    private static @Nullable ExifTool running;

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ExifTool(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "exiftool");
        reader.setDaemon(true);
        reader.start();
    }

    /// @return by group and tag, as `EXIF:Make`
    static Json tags(Path input) throws IOException, Refusal, InterruptedException {
        if (running == null || !running.process.isAlive()) {
            // The empty configuration keeps it from running Perl that lies in a home folder.
            running = new ExifTool(Program.start(List.of("exiftool", "-config", "", "-stay_open", "True", "-@", "-")));
        }
        return parse(running.ask(input));
    }

    /// Gives back the 35 MB that Perl takes. It doesn't end by itself: with `-stay_open` it waits even for a closed pipe.
    static void close() {
        if (running != null) {
            Program.kill(running.process);
            running = null;
        }
    }

    private String ask(Path input) throws IOException, Refusal, InterruptedException {
        StringBuilder question = new StringBuilder(FORMAT);
        TAGS.forEach(tag -> question.append(tag).append('\n'));
        question.append(input).append("\n-execute\n");
        Patience patience = Patience.with(process, LIMIT);
        process.getOutputStream().write(question.toString().getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = patience.await(answers::poll);
        if (answer == null) {
            close();
            throw new Refusal(DecodeAnswer.Reason.TOO_SLOW, "exiftool took longer than " + LIMIT);
        }
        return answer;
    }

    private void read() {
        StringBuilder answer = new StringBuilder();
        try (InputStream in = process.getInputStream()) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // Latin 1 keeps every byte until the whole answer is there; a character may be cut in two here.
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                int end = answer.indexOf("{ready}\n");
                if (end >= 0) {
                    answers.add(new String(answer.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
                    answer.setLength(0);
                }
                if (answer.length() > MAX_OUTPUT_BYTES) {
                    throw new IOException("exiftool says more than " + MAX_OUTPUT_BYTES + " bytes");
                }
            }
        } catch (IOException ended) {
            Program.kill(process);
        }
        answers.add("");
    }

    /// One file was asked for: its answer is a list of one, or nothing at all.
    private static Json parse(String answer) throws Refusal {
        List<Json> files = answer.isBlank() ? List.of() : JsonReader.read(answer).items();
        return files.isEmpty() ? new Json.Fields(Map.of()) : files.getFirst();
    }

    /// What isn't UTF-8 comes as Base64: then it is of a time when everybody wrote Latin 1.
    static @Nullable String text(@Nullable String value) {
        byte[] bytes = value == null || !value.startsWith(BASE64) ? null : bytes(value);
        return bytes == null ? value : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// What isn't text comes as Base64.
    static byte @Nullable [] bytes(@Nullable String value) {
        if (value == null || !value.startsWith(BASE64)) {
            return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(value.substring(BASE64.length()));
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }
}
