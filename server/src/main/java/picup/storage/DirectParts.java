package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files whose parts clients send straight to where originals are kept, past this server. It gives out addresses that are good for exactly the bytes
/// that were announced, and joins what came under a name of the upload's own, where nobody changes it any more. What it is then is for the caller
/// to find out by reading it; only [#place] makes an original of it.
///
/// Every operation may throw [picup.platform.Unavailable], and none is for inside a transaction.
public interface DirectParts {
    /// @param number from 1 on
    record Part(int number, long sizeBytes, Digest sha256) {}

    /// Where to PUT a part.
    ///
    /// @param headers that the request must have, beside its length
    record Address(Part part, URI url, Map<String, String> headers, Instant expiresAt) {}

    /// @throws picup.platform.ProblemException `direct-uploads-unavailable`, with the reason
    void requireAvailable();

    /// @return by which the store knows the upload
    String begin(UUID id) throws IOException;

    /// @param validFor of the addresses
    List<Address> addresses(UUID id, String upload, List<Part> parts, Duration validFor) throws IOException;

    /// Those of `parts` that are not there as they were announced, by what the store tells of them.
    ///
    /// @throws java.nio.file.NoSuchFileException when the store knows nothing of the upload, or not any more
    List<Part> missing(UUID id, String upload, List<Part> parts) throws IOException;

    /// Joins the parts, if all are there as they were announced. From then on nobody can send any.
    ///
    /// @return those that are missing, and then nothing was done
    /// @throws java.nio.file.NoSuchFileException as [#missing]
    List<Part> join(UUID id, String upload, List<Part> parts) throws IOException;

    /// @return empty when nothing has been joined
    OptionalLong joinedBytes(UUID id) throws IOException;

    /// What was joined.
    InputStream read(UUID id) throws IOException;

    /// Makes the bytes that were joined durable under their digest, as [picup.storage.blob.BlobStore#put] does.
    ///
    /// @param digest    that they have; the caller has read them
    /// @param replacing what lies there is known to be damaged
    void place(UUID id, Digest digest, long sizeBytes, boolean replacing) throws IOException;

    /// Removes parts and what was joined of them, but no original. Idempotent.
    ///
    /// @param upload null when nobody knows it
    void remove(UUID id, @Nullable String upload) throws IOException;
}
