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

    static final int PATCHES_WIDTH = 480;
    static final int PATCHES_HEIGHT = 320;

    /// Of a square of one colour.
    static final int PATCH_PX = 80;

    /// Twenty-four colours that every screen and most printers have, as squares: sRGB, 8 bits.
    Path patches(String name) throws Exception {
        int[] colours = {
            0x735244, 0xc29682, 0x627a9d, 0x576c43, 0x8580b1, 0x67bdaa, 0xd67e2c, 0x505ba6, 0xc15a63, 0x5e3c6c, 0x9dbc40, 0xe0a32e,
            0x383d96, 0x469449, 0xaf363c, 0xe7c71f, 0xbb5695, 0x3a85a1, 0xf3f3f2, 0xc8c8c8, 0xa0a0a0, 0x7a7a79, 0x555555, 0x343434};
        byte[] rgb = new byte[PATCHES_WIDTH * PATCHES_HEIGHT * 3];
        for (int y = 0, to = 0; y < PATCHES_HEIGHT; y++) {
            for (int x = 0; x < PATCHES_WIDTH; x++) {
                int colour = colours[y / PATCH_PX * (PATCHES_WIDTH / PATCH_PX) + x / PATCH_PX];
                rgb[to++] = (byte) (colour >> 16);
                rgb[to++] = (byte) (colour >> 8);
                rgb[to++] = (byte) colour;
            }
        }
        Path raw = Files.write(folder.resolve(name + ".rgb"), rgb);
        Path image = folder.resolve(name + ".v");
        run("vips", "rawload", raw.toString(), image.toString(), Integer.toString(PATCHES_WIDTH), Integer.toString(PATCHES_HEIGHT), "3");
        Path file = folder.resolve(name);
        run("vips", "copy", image.toString(), file.toString(), "--interpretation", "srgb");
        return file;
    }

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
