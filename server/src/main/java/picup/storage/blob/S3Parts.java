package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Digest;
import picup.storage.DirectParts;
import picup.storage.StorageSettings;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Multipart uploads of the bucket whose parts come from clients: `<prefix>uploads/<id>`, which no listing of originals sees.
///
/// **What an address is good for.** The length and the SHA-256 of the part are among the headers that the signature covers (Signature Version 4,
/// "Authenticating requests: query parameters"). Whoever has it can send those very bytes, as often as they like and until it expires, and nothing
/// else. Of a server that signs and does not look, the caller who reads the whole finds out.
///
/// **Nobody changes what was joined**: the server forgets the upload with it, and no address names the object.
final class S3Parts implements DirectParts {
    private static final int NOT_FOUND = 404;

    /// Every client sends these by itself, and browsers let no page set them.
    private static final Set<String> BY_ITSELF = Set.of("host", "content-length");

    private final StorageSettings settings;
    private final Supplier<S3Blobs> stores;
    private @Nullable S3Presigner presigner;

    /// Connects to nothing yet.
    S3Parts(StorageSettings settings, Supplier<S3Blobs> stores) {
        this.settings = settings;
        this.stores = stores;
    }

    @Override
    public void requireAvailable() {
        if (settings.originals() != StorageSettings.Place.S3) {
            throw unavailable("originals are kept on the server's disk");
        }
        if (!settings.encryption().keys().isEmpty()) {
            throw unavailable("originals are encrypted by the server before they are kept");
        }
        if (!settings.s3().reachedByClients()) {
            throw unavailable("clients do not reach the bucket, or its operator has not said how (picup.storage.s3.public-endpoint)");
        }
    }

    private static ProblemException unavailable(String reason) {
        return Problem.DIRECT_UPLOADS_UNAVAILABLE.because("Send the file to /api/uploads or /api/pictures: here, %s.".formatted(reason));
    }

    @Override
    public String begin(UUID id) throws IOException {
        var store = stores.get();
        return store.calls().ask("begin an upload", () -> store.calls().client().createMultipartUpload(
                request -> request.bucket(store.bucket()).key(store.key(id)).contentType(S3Upload.TYPE).checksumAlgorithm(ChecksumAlgorithm.SHA256))).uploadId();
    }

    /// Asks no server but, where there are no keys in the settings, the one that gives them out.
    @Override
    public List<Address> addresses(UUID id, String upload, List<Part> parts, Duration validFor) throws IOException {
        return stores.get().calls().ask("sign addresses", () -> parts.stream().map(part -> address(id, upload, part, validFor)).toList());
    }

    private Address address(UUID id, String upload, Part part, Duration validFor) {
        var store = stores.get();
        var signed = presigner(store).presignUploadPart(presign -> presign.signatureDuration(validFor).uploadPartRequest(request -> request
                .bucket(store.bucket()).key(store.key(id)).uploadId(upload).partNumber(part.number()).contentLength(part.sizeBytes()).checksumSHA256(base64(part.sha256()))));
        var headers = new LinkedHashMap<String, String>();
        signed.signedHeaders().forEach((name, values) -> {
            if (!BY_ITSELF.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        return new Address(part, URI.create(signed.url().toString()), headers, signed.expiration());
    }

    private synchronized S3Presigner presigner(S3Blobs store) {
        if (presigner == null) {
            var s3 = settings.s3();
            var builder = S3Presigner.builder().region(Region.of(s3.region())).credentialsProvider(store.calls().credentials())
                    .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(s3.pathStyle()).build());
            if (s3.clientsEndpoint() != null) {
                builder.endpointOverride(s3.clientsEndpoint());
            }
            presigner = builder.build();
        }
        return presigner;
    }

    private static String base64(Digest digest) {
        return Base64.getEncoder().encodeToString(digest.bytes());
    }

    @Override
    public List<Part> missing(UUID id, String upload, List<Part> parts) throws IOException {
        return missing(parts, listed(id, upload));
    }

    private static List<Part> missing(List<Part> parts, Map<Integer, software.amazon.awssdk.services.s3.model.Part> listed) {
        return parts.stream().filter(part -> !asAnnounced(part, listed.get(part.number()))).toList();
    }

    private static boolean asAnnounced(Part part, software.amazon.awssdk.services.s3.model.@Nullable Part there) {
        return there != null && there.size() == part.sizeBytes() && (there.checksumSHA256() == null || there.checksumSHA256().equals(base64(part.sha256())));
    }

    private Map<Integer, software.amazon.awssdk.services.s3.model.Part> listed(UUID id, String upload) throws IOException {
        var store = stores.get();
        try {
            return store.calls().ask("list parts", () -> store.calls().client().listPartsPaginator(request -> request.bucket(store.bucket()).key(store.key(id)).uploadId(upload))
                    .parts().stream().collect(Collectors.toMap(software.amazon.awssdk.services.s3.model.Part::partNumber, part -> part)));
        } catch (StoreUnavailable e) {
            if (unknownUpload(e)) {
                throw new NoSuchFileException(store.key(id));
            }
            throw e;
        }
    }

    /// A bucket that is not there answers with the same status, and another code.
    private static boolean unknownUpload(StoreUnavailable e) {
        return e.getCause() instanceof S3Exception refused && refused.statusCode() == NOT_FOUND && refused.awsErrorDetails() != null
                && "NoSuchUpload".equals(refused.awsErrorDetails().errorCode());
    }

    @Override
    public List<Part> join(UUID id, String upload, List<Part> parts) throws IOException {
        var listed = listed(id, upload);
        var missing = missing(parts, listed);
        if (missing.isEmpty()) {
            join(id, upload, parts, listed);
        }
        return missing;
    }

    private void join(UUID id, String upload, List<Part> parts, Map<Integer, software.amazon.awssdk.services.s3.model.Part> listed) throws IOException {
        var store = stores.get();
        var completed = new ArrayList<CompletedPart>();
        for (var part : parts) {
            completed.add(CompletedPart.builder().partNumber(part.number()).eTag(listed.get(part.number()).eTag()).checksumSHA256(base64(part.sha256())).build());
        }
        long sizeBytes = parts.stream().mapToLong(Part::sizeBytes).sum();
        store.calls().askToAssemble("join parts", sizeBytes, client -> client.completeMultipartUpload(
                request -> request.bucket(store.bucket()).key(store.key(id)).uploadId(upload).multipartUpload(all -> all.parts(completed))));
    }

    @Override
    public OptionalLong joinedBytes(UUID id) throws IOException {
        var head = stores.get().head(stores.get().key(id));
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.contentLength());
    }

    @Override
    public InputStream read(UUID id) throws IOException {
        return stores.get().read(stores.get().key(id), 0);
    }

    @Override
    public void place(UUID id, Digest digest, long sizeBytes, boolean replacing) throws IOException {
        var store = stores.get();
        if (!replacing && store.sizeBytes(digest).orElse(-1) == sizeBytes) {
            return;
        }
        new S3Copy(store, store.key(id), store.key(digest), sizeBytes).run();
        var there = store.head(store.key(digest));
        if (there == null || there.contentLength() != sizeBytes || contradicts(there.checksumSHA256(), digest)) {
            throw new StoreUnavailable("The S3 store did not keep what it was given.", new IOException("%s has %s there, and should have %,d bytes with their SHA-256"
                    .formatted(store.key(digest), there == null ? "nothing" : "%,d bytes with the SHA-256 %s".formatted(there.contentLength(), there.checksumSHA256()), sizeBytes)));
        }
    }

    /// @param told of an object that was copied in ranges it is a sum of sums
    private static boolean contradicts(@Nullable String told, Digest digest) {
        return told != null && !told.contains("-") && !told.equals(base64(digest));
    }

    @Override
    public void remove(UUID id, @Nullable String upload) throws IOException {
        var store = stores.get();
        for (var each : upload == null ? uploads(store, store.key(id)) : List.of(upload)) {
            try {
                store.calls().ask("give up an upload", () -> store.calls().client().abortMultipartUpload(
                        request -> request.bucket(store.bucket()).key(store.key(id)).uploadId(each)));
            } catch (StoreUnavailable e) {
                if (!unknownUpload(e)) {
                    throw e;
                }
            }
        }
        store.calls().ask("remove an object", () -> store.calls().client().deleteObject(request -> request.bucket(store.bucket()).key(store.key(id))));
    }

    /// Of a process that was killed before it could note what it had begun.
    private static List<String> uploads(S3Blobs store, String key) throws IOException {
        return store.calls().ask("list uploads", () -> store.calls().client().listMultipartUploads(request -> request.bucket(store.bucket()).prefix(key)))
                .uploads().stream().filter(each -> each.key().equals(key)).map(MultipartUpload::uploadId).toList();
    }
}
