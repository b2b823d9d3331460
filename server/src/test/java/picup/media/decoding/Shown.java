package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.RenditionFile;

/// What came of a still, and how it looks beside another one.
record Shown(Facts facts, Path preview, Path thumb, boolean webp) {

    static Shown by(DecoderPool pool, Path file, Path folder) throws Exception {
        DecodeAnswer answer = answer(pool, file, folder);
        assertThat(answer).as(file.toString()).isInstanceOf(DecodeAnswer.Decoded.class);
        DecodeAnswer.Decoded decoded = (DecodeAnswer.Decoded) answer;
        Path out = folder.resolve(file.getFileName() + ".out");
        boolean webp = decoded.renditions().stream()
                .anyMatch(made -> made.name() == RenditionFile.Name.PREVIEW && made.mediaType().equals("image/webp"));
        return new Shown(decoded.facts(), out.resolve("preview"), out.resolve("thumb"), webp);
    }

    static DecodeAnswer answer(DecoderPool pool, Path file, Path folder) throws Exception {
        FileKind kind = Samples.kind(file).orElseThrow(() -> new AssertionError(file + " is of no kind"));
        return pool.decode(DecodeRequest.render(file, Files.createDirectories(folder.resolve(file.getFileName() + ".out")), kind));
    }

    int frames() throws Exception {
        return MadeFiles.run("vipsheader", "-a", preview.toString()).lines().filter(line -> line.startsWith("n-pages: ")).mapToInt(line -> Integer.parseInt(line.substring(9).strip())).findFirst().orElse(1);
    }

    /// Mean of the differences of all numbers, 0 to 255.
    static double difference(Path one, Path other) throws Exception {
        Path subtracted = temporary(one, "subtracted");
        Path absolute = temporary(one, "absolute");
        MadeFiles.run("vips", "subtract", flat(one).toString(), flat(other).toString(), subtracted.toString());
        MadeFiles.run("vips", "abs", subtracted.toString(), absolute.toString());
        return Double.parseDouble(MadeFiles.run("vips", "avg", absolute.toString()).strip());
    }

    /// The largest CIEDE2000 of two pictures, after averaging squares of so many pixels: patches, not noise.
    static double deltaE(Path one, Path other, int squarePx) throws Exception {
        String square = Integer.toString(squarePx);
        Path[] lab = new Path[2];
        for (int i = 0; i < 2; i++) {
            Path from = flat(i == 0 ? one : other);
            Path patches = temporary(from, "patches");
            lab[i] = temporary(from, "lab");
            MadeFiles.run("vips", "shrink", from.toString(), patches.toString(), square, square);
            MadeFiles.run("vips", "colourspace", patches.toString(), lab[i].toString(), "lab");
        }
        Path differences = temporary(one, "differences");
        MadeFiles.run("vips", "dE00", lab[0].toString(), lab[1].toString(), differences.toString());
        return Double.parseDouble(MadeFiles.run("vips", "max", differences.toString()).strip());
    }

    private static Path flat(Path file) throws Exception {
        Path srgb = temporary(file, "srgb");
        MadeFiles.run("vips", "colourspace", file.toString(), srgb.toString(), "srgb");
        boolean alpha = MadeFiles.run("vipsheader", "-f", "bands", srgb.toString()).strip().equals("4");
        if (!alpha) {
            return srgb;
        }
        Path flat = temporary(file, "flat");
        MadeFiles.run("vips", "flatten", srgb.toString(), flat.toString());
        return flat;
    }

    private static Path temporary(Path beside, String name) throws Exception {
        return Files.createTempFile(beside.toAbsolutePath().getParent(), name, ".v");
    }
}
