import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/// 12-megapixel JPEGs of some 3 MB, as a phone makes them: smooth areas, edges and the noise of a sensor.
final class Photos {
    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int MOTIFS = 4;
    private static final List<byte[]> MADE = new ArrayList<>();

    private Photos() {}

    /// `count` files, no two alike; the motif is one of a few, as making one takes a second.
    static List<Path> in(Path folder, int count) throws IOException {
        while (MADE.size() < MOTIFS) {
            MADE.add(motif(MADE.size()));
        }
        Files.createDirectories(folder);
        var files = new ArrayList<Path>();
        for (int i = 0; i < count; i++) {
            var motif = MADE.get(i % MOTIFS);
            var comment = (folder + " " + i + " " + System.nanoTime()).getBytes();
            var file = folder.resolve("photo-%04d.jpg".formatted(i));
            Files.write(file, ByteBuffer.allocate(motif.length + comment.length + 4).put(motif, 0, 2).putShort((short) 0xFFFE)
                    .putShort((short) (comment.length + 2)).put(comment).put(motif, 2, motif.length - 2).array());
            files.add(file);
        }
        return files;
    }

    private static byte[] motif(int seed) throws IOException {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var random = new SplittableRandom(seed);
        double wave = 0.002 + 0.002 * seed;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int noise = random.nextInt(15) - 7;
                int light = (int) (128 + 90 * Math.sin(x * wave) * Math.cos(y * wave * 1.3));
                int edge = (x / 160 + y / 120 + seed) % 7 == 0 ? 40 : 0;
                image.setRGB(x, y, clamp(light + edge + noise) << 16 | clamp(light - edge / 2 + noise) << 8 | clamp(255 - light + noise));
            }
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.92f);
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        return out.toByteArray();
    }

    private static int clamp(int value) {
        return Math.clamp(value, 0, 255);
    }

    static double megabytes(List<Path> files) throws IOException {
        double sum = 0;
        for (var file : files) {
            sum += Files.size(file) / 1e6;
        }
        return sum;
    }
}
