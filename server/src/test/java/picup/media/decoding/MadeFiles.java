package picup.media.decoding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Pictures and videos made by the tools themselves, for what no sample file is needed for.
record MadeFiles(Path folder) {

    Path jpeg(String name, int width, int height) throws Exception {
        Path raw = folder.resolve(name + ".v");
        run("vips", "gaussnoise", raw.toString(), Integer.toString(width), Integer.toString(height), "--mean", "128", "--sigma", "20");
        Path smooth = folder.resolve(name + "-smooth.v");
        run("vips", "gaussblur", raw.toString(), smooth.toString(), "3");
        Path file = folder.resolve(name);
        run("vips", "jpegsave", smooth.toString(), file.toString(), "--Q", "90");
        Files.delete(raw);
        Files.delete(smooth);
        return file;
    }

    Path interlacedPng(String name, int width, int height) throws Exception {
        Path raw = folder.resolve(name + ".v");
        run("vips", "black", raw.toString(), Integer.toString(width), Integer.toString(height), "--bands", "3");
        Path file = folder.resolve(name);
        run("vips", "pngsave", raw.toString(), file.toString(), "--interlace", "--compression", "1");
        Files.delete(raw);
        return file;
    }

    void tag(Path file, String... tags) throws Exception {
        run(Stream.of(List.of("exiftool", "-q", "-overwrite_original"), List.of(tags), List.of(file.toString()))
                .flatMap(List::stream).toArray(String[]::new));
    }

    Path video(String name, String... arguments) throws Exception {
        Path file = folder.resolve(name);
        run(Stream.of(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"), List.of(arguments), List.of(file.toString()))
                .flatMap(List::stream).toArray(String[]::new));
        return file;
    }

    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
