package picup.storage.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.storage.Digest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Sends one file: at once up to 64 MB, in parts of 16 MB above. Every body carries its SHA-256, which the server checks before it answers.
///
/// A part that fails costs itself again and not the whole; what cannot be finished is given up, so that the bucket keeps no parts of it. A process
/// that is killed in between leaves them: buckets have a rule that removes incomplete uploads after days (docs/decisions/0032).
final class S3Upload {
    private static final long AT_ONCE_BYTES = 64 * 1024 * 1024;
    private static final long PART_BYTES = 16 * 1024 * 1024;

    /// S3, "Multipart upload limits".
    private static final int MOST_PARTS = 10_000;
    static final String TYPE = "application/octet-stream";
    private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final Path file;
    private final long sizeBytes;
    private @Nullable String checksum;

    S3Upload(S3Calls calls, String bucket, String key, Path file) throws IOException {
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.file = file;
        this.sizeBytes = Files.size(file);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    void run() throws IOException {
        if (sizeBytes <= AT_ONCE_BYTES) {
            atOnce();
        } else {
            inParts();
        }
    }

    /// Whether the sum that the server tells is that of what was sent. It may tell none, or of an object in parts a sum of sums. Encrypted, the same
    /// blob is other bytes each time, and the sum may be that of whoever sent it at the same moment; the server has compared that one, too.
    boolean agrees(@Nullable String told, Digest digest) {
        boolean encrypted = !Base64.getEncoder().encodeToString(digest.bytes()).equals(checksum);
        return told == null || checksum == null || told.contains("-") || told.equals(checksum) || encrypted;
    }

    private void atOnce() throws IOException {
        var sum = sha256(0, sizeBytes);
        var sent = new AtomicLong();
        calls.ask("keep an object", sizeBytes, sent, () -> calls.client().putObject(
                request -> request.bucket(bucket).key(key).contentType(TYPE).checksumSHA256(sum), body(0, sizeBytes, sent)));
        checksum = sum;
    }

    private void inParts() throws IOException {
        var upload = calls.ask("begin an object", () -> calls.client().createMultipartUpload(
                request -> request.bucket(bucket).key(key).contentType(TYPE).checksumAlgorithm(ChecksumAlgorithm.SHA256))).uploadId();
        boolean done = false;
        try {
            var parts = parts(upload);
            calls.askToAssemble("finish an object", sizeBytes, client -> client.completeMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts))));
            done = true;
        } finally {
            if (!done) {
                giveUp(calls, bucket, key, upload);
            }
        }
    }

    private List<CompletedPart> parts(String upload) throws IOException {
        long partBytes = Math.max(PART_BYTES, (sizeBytes + MOST_PARTS - 1) / MOST_PARTS);
        var parts = new ArrayList<CompletedPart>();
        for (long from = 0; from < sizeBytes; from += partBytes) {
            int number = parts.size() + 1;
            long start = from;
            long length = Math.min(partBytes, sizeBytes - from);
            var sum = sha256(start, length);
            var sent = new AtomicLong();
            var answer = calls.ask("keep a part", length, sent, () -> calls.client().uploadPart(
                    request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number).checksumSHA256(sum), body(start, length, sent)));
            parts.add(CompletedPart.builder().partNumber(number).eTag(answer.eTag()).checksumSHA256(sum).build());
        }
        return parts;
    }

    static void giveUp(S3Calls calls, String bucket, String key, String upload) {
        try {
            calls.ask("give up an object", () -> calls.client().abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload)));
        } catch (IOException e) {
            LOG.warn("The parts of a broken-off upload stay in the bucket until its own rule removes them: {}", e.toString());
        }
    }

    /// A fresh stream for every attempt.
    private RequestBody body(long from, long length, AtomicLong sent) {
        return RequestBody.fromContentProvider(() -> {
            try {
                return new Section(from, length, sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, length, TYPE);
    }

    private String sha256(long from, long length) throws IOException {
        MessageDigest hash = Digest.sha256();
        var buffer = new byte[256 * 1024];
        try (var in = new Section(from, length, new AtomicLong())) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return Base64.getEncoder().encodeToString(hash.digest());
    }

    /// A piece of the file that counts what is read of it.
    private final class Section extends FilterInputStream {
        private final AtomicLong counted;
        private long left;

        Section(long from, long length, AtomicLong counted) throws IOException {
            super(opened(from));
            this.left = length;
            this.counted = counted;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(into, offset, (int) Math.min(length, left));
            if (read > 0) {
                left -= read;
                counted.addAndGet(read);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    private InputStream opened(long from) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(from));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
