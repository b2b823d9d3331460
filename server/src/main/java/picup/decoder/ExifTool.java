package picup.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// ExifTool, for HEIC, AVIF and videos. Perl takes 150 ms to start and 10 ms for a file, so one is kept running while
/// there is work. On some hostile files it spins for minutes and its own time-out doesn't help: it is killed from here.
final class ExifTool {

    /// The slowest file of the test corpus takes 0.3 s.
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MAX_OUTPUT_BYTES = 1 << 20;

    private static final Pattern LINE = Pattern.compile("\\[([^]]+)]\\s+(\\S+)\\s*: (.*)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|.)");

    private static final List<String> TAGS = List.of(
            "-EXIF:DateTimeOriginal", "-EXIF:CreateDate", "-EXIF:SubSecTimeOriginal", "-EXIF:SubSecTimeDigitized", "-EXIF:OffsetTimeOriginal",
            "-EXIF:OffsetTime",
            "-EXIF:OffsetTimeDigitized", "-XMP:DateTimeOriginal", "-XMP:CreateDate", "-QuickTime:DateTimeOriginal", "-QuickTime:CreationDate",
            "-QuickTime:CreateDate", "-Composite:GPSLatitude", "-Composite:GPSLongitude", "-Composite:GPSAltitude", "-Make", "-Model",
            "-LensModel", "-ISO", "-ExposureTime", "-FNumber", "-FocalLength", "-Rating", "-XMP:Description", "-QuickTime:Description",
            "-EXIF:ImageDescription", "-ContentIdentifier", "-MediaGroupUUID");

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
    static Map<String, String> tags(Path input) throws IOException, Refusal, InterruptedException {
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
        StringBuilder question = new StringBuilder("-n\n-G0\n-s\n-ec\n");
        TAGS.forEach(tag -> question.append(tag).append('\n'));
        question.append(input).append("\n-execute\n");
        process.getOutputStream().write(question.toString().getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
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

    private static Map<String, String> parse(String answer) {
        Map<String, String> tags = new HashMap<>();
        for (String line : answer.split("\n")) {
            Matcher m = LINE.matcher(line);
            if (m.matches()) {
                tags.putIfAbsent(m.group(1) + ":" + m.group(2), unescape(m.group(3)));
            }
        }
        return tags;
    }

    private static String unescape(String text) {
        return text.indexOf('\\') < 0 ? text : ESCAPE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(switch (m.group(1).charAt(0)) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r', '0' -> "";
            case 'x' -> m.group(1).length() == 3 ? Character.toString((char) Integer.parseInt(m.group(1).substring(1), 16)) : "x";
            default -> m.group(1);
        }));
    }
}
