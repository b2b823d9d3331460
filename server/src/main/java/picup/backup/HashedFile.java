package picup.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import picup.platform.DurableFiles;

/// A compressed file that is known by the digest of its bytes.
final class HashedFile {
    private static final int BUFFER_BYTES = 64 * 1024;

    private HashedFile() {}

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    interface Reading {
        void from(InputStream in) throws IOException;
    }

    /// Durable when it returns.
    ///
    /// @return the SHA-256 of the file
    static String write(Path file, Writing writing) throws IOException {
        var hash = sha256();
        try (var out = new QuickGzip(new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES), hash))) {
            writing.to(out);
        }
        DurableFiles.sync(file);
        return HexFormat.of().formatHex(hash.digest());
    }

    /// Reads to the end, and complains then: whatever was made of the content must be undone.
    static void read(Path file, String sha256, Reading reading) throws IOException {
        var hash = sha256();
        try (var bytes = new DigestInputStream(Files.newInputStream(file), hash)) {
            var in = new GZIPInputStream(bytes, BUFFER_BYTES);
            reading.from(in);
            in.transferTo(OutputStream.nullOutputStream());
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(hash.digest()).equals(sha256)) {
            throw new IOException(file + " is damaged: its SHA-256 is not " + sha256);
        }
    }

    /// Rows are text that repeats itself: the quickest setting makes a fifth of it, at four times the speed of the usual one.
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
