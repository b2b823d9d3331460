package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picup.storage.Digest;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Blobs as objects of a bucket: `<prefix>/<first two hex digits>/<digest>`, as on disk.
///
/// **Durable** is what the server has acknowledged with the checksum that we sent along, and then tells with the right size when it is asked.
/// An object appears whole or not at all, by the server's promise; of one that is written in parts nothing appears before the last call.
///
/// **Nothing here waits longer than it is told** ([S3Calls]): a server that takes connections and says nothing is away after
/// `picup.storage.s3.timeout`. All that is not "there is no such object" is [StoreUnavailable], for what is wrong with a server is never a
/// statement about our bytes.
public final class S3Blobs implements BlobStore, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Calls calls;
    private final String bucket;
    private final String folder;
    private volatile boolean bucketSeen;

    /// Connects to nothing yet.
    public S3Blobs(S3Settings settings) {
        calls = new S3Calls(settings);
        bucket = Objects.requireNonNull(settings.bucket(), "picup.storage.s3.bucket is not set");
        folder = settings.folder();
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public void put(Digest digest, Path file) throws IOException {
        if (sizeBytes(digest).orElse(-1) != Files.size(file)) {
            replace(digest, file);
        }
    }

    /// Writes over what is there, which S3 does at once for everybody.
    @Override
    public void replace(Digest digest, Path file) throws IOException {
        var upload = new S3Upload(calls, bucket, key(digest), file);
        upload.run();
        var there = head(key(digest));
        if (there == null || there.contentLength() != upload.sizeBytes() || !upload.agrees(there.checksumSHA256(), digest)) {
            throw new StoreUnavailable("The S3 store did not keep what it was given.", new IOException("%s has %s there, and should have %,d bytes with their SHA-256"
                    .formatted(key(digest), there == null ? "nothing" : "%,d bytes with the SHA-256 %s".formatted(there.contentLength(), there.checksumSHA256()), upload.sizeBytes())));
        }
    }

    @Override
    public OptionalLong sizeBytes(Digest digest) throws IOException {
        var head = head(key(digest));
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.contentLength());
    }

    /// The answer to a HEAD has no body, and so the same 404 for an object and a bucket that are not there; a mistyped bucket must not read as
    /// a bucket without pictures.
    ///
    /// @return null when there is none
    @Nullable HeadObjectResponse head(String key) throws IOException {
        try {
            var head = calls.ask("look for an object", () -> calls.client().headObject(request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED)));
            bucketSeen = true;
            return head;
        } catch (StoreUnavailable e) {
            if (status(e) != NOT_FOUND) {
                throw e;
            }
            requireBucket();
            return null;
        }
    }

    private void requireBucket() throws IOException {
        if (!bucketSeen) {
            calls.ask("look for the bucket", () -> calls.client().headBucket(request -> request.bucket(bucket)));
            bucketSeen = true;
        }
    }

    @Override
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        return read(key(digest), fromBytes);
    }

    InputStream read(String key, long fromBytes) throws IOException {
        try {
            return new S3Stream(calls.ask("read an object", () -> calls.client().getObject(request -> {
                request.bucket(bucket).key(key);
                if (fromBytes > 0) {
                    request.range("bytes=" + fromBytes + "-");
                }
            })));
        } catch (StoreUnavailable e) {
            if (status(e) == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream(); // from its end on, or beyond
            }
            if (e.getCause() instanceof NoSuchKeyException) {
                throw new NoSuchFileException(key);
            }
            throw e;
        }
    }

    @Override
    public void remove(Digest digest) throws IOException {
        calls.ask("remove an object", () -> calls.client().deleteObject(request -> request.bucket(bucket).key(key(digest))));
    }

    /// A page of a thousand at a time, as it is read.
    @Override
    public Stream<Blob> inFolder(int first) throws IOException {
        var prefix = folder + "%02x/".formatted(first);
        return Stream.iterate(page(prefix, null), Objects::nonNull, page -> next(prefix, page)).flatMap(page -> page.contents().stream())
                .filter(object -> NAME.matcher(object.key().substring(prefix.length())).matches()).map(object -> blob(object, prefix));
    }

    private ListObjectsV2Response page(String prefix, @Nullable String continuation) throws IOException {
        return calls.ask("list objects", () -> calls.client().listObjectsV2(request -> request.bucket(bucket).prefix(prefix).continuationToken(continuation)));
    }

    private @Nullable ListObjectsV2Response next(String prefix, ListObjectsV2Response page) {
        try {
            return Boolean.TRUE.equals(page.isTruncated()) ? page(prefix, page.nextContinuationToken()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Blob blob(S3Object object, String prefix) {
        return new Blob(Digest.ofHex(object.key().substring(prefix.length())), object.size(), object.lastModified());
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return Optional.empty();
    }

    S3Calls calls() {
        return calls;
    }

    String bucket() {
        return bucket;
    }

    /// Of an upload whose parts clients send, beside the folders of originals.
    String key(UUID upload) {
        return folder + "uploads/" + upload;
    }

    String key(Digest digest) {
        var name = digest.hex();
        return folder + name.substring(0, 2) + "/" + name;
    }

    private static int status(StoreUnavailable e) {
        return e.getCause() instanceof S3Exception refused ? refused.statusCode() : 0;
    }

    @Override
    public void close() {
        calls.close();
    }
}
