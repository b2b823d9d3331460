package picup.library.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipStreamTest {
    private static final LocalDateTime AT = LocalDateTime.of(2008, 10, 22, 16, 28, 38);

    @TempDir
    Path folder;

    /// More than the old format counts.
    @Test
    void seventyThousandFilesFit() throws IOException {
        var file = folder.resolve("many.zip");
        try (var out = new BufferedOutputStream(Files.newOutputStream(file)); var zip = new ZipStream(out)) {
            for (int i = 0; i < 70_000; i++) {
                try (var entry = zip.begin("사진/" + i + ".txt", AT, ZipStream.Content.TEXT, 1)) {
                    entry.write(("" + i).getBytes(StandardCharsets.UTF_8));
                }
            }
            zip.finish();
        }
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(70_000);
            var last = zip.getEntry("사진/69999.txt");
            assertThat(zip.getInputStream(last).readAllBytes()).asString().isEqualTo("69999");
            assertThat(last.getTimeLocal()).isEqualTo(AT);
        }
    }

    /// More than the old format measures: a file beyond 4 GB, and one that begins beyond. Zeros, kept as a sparse file, and
    /// read again by the JDK's own reader, which checks sizes and sums.
    @Test
    void filesBeyondFourGigabytesFit() throws IOException {
        long sizeBytes = (4L << 30) + 12_345;
        var file = folder.resolve("large.zip");
        try (var out = new Sparse(file); var zip = new ZipStream(out)) {
            try (var entry = zip.begin("large.mov", AT, ZipStream.Content.MEDIA, sizeBytes)) {
                var zeros = new byte[1 << 20];
                for (long left = sizeBytes; left > 0; left -= zeros.length) {
                    entry.write(zeros, 0, (int) Math.min(left, zeros.length));
                }
            }
            try (var entry = zip.begin("after.txt", AT, ZipStream.Content.TEXT, 5)) {
                entry.write("after".getBytes(StandardCharsets.UTF_8));
            }
            zip.finish();
        }
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.getEntry("large.mov").getSize()).isEqualTo(sizeBytes);
            assertThat(zip.getInputStream(zip.getEntry("large.mov")).transferTo(OutputStream.nullOutputStream())).isEqualTo(sizeBytes);
            assertThat(zip.getInputStream(zip.getEntry("after.txt")).readAllBytes()).asString().isEqualTo("after");
        }
    }

    @Test
    void aFileThatEndsEarlySpoilsOnlyItself() throws IOException {
        var file = folder.resolve("short.zip");
        try (var out = Files.newOutputStream(file); var zip = new ZipStream(out)) {
            try (var entry = zip.begin("short.jpg", AT, ZipStream.Content.MEDIA, 1000)) {
                entry.write(new byte[10]);
            }
            try (var entry = zip.begin("whole.txt", AT, ZipStream.Content.TEXT, 2)) {
                entry.write('h');
                entry.write('i');
            }
            zip.finish();
        }
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("short.jpg")).readAllBytes()).hasSize(10);
            assertThat(zip.getInputStream(zip.getEntry("whole.txt")).readAllBytes()).asString().isEqualTo("hi");
        }
    }

    /// Leaves holes where whole blocks are zero, so that the test needs no 4 GB of disk.
    private static final class Sparse extends OutputStream {
        private final java.io.RandomAccessFile file;

        Sparse(Path path) throws IOException {
            file = new java.io.RandomAccessFile(path.toFile(), "rw");
        }

        @Override
        public void write(int each) throws IOException {
            file.write(each);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int end = from + length;
            while (from < end) {
                int zeros = from;
                while (zeros < end && bytes[zeros] == 0) {
                    zeros++;
                }
                file.seek(file.getFilePointer() + zeros - from);
                from = zeros;
                int others = from;
                while (others < end && bytes[others] != 0) {
                    others++;
                }
                file.write(bytes, from, others - from);
                from = others;
            }
        }

        @Override
        public void close() throws IOException {
            file.setLength(file.getFilePointer()); // it may end in zeros
            file.close();
        }
    }
}
