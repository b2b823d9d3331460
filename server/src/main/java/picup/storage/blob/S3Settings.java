package picup.storage.blob;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// A bucket, of Amazon's or of any server that speaks S3 (MinIO, Ceph, SeaweedFS).
///
/// @param endpoint       address of the server; without, Amazon's for the region
/// @param publicEndpoint address of the server as clients reach it, for uploads that go straight to the bucket; without, and with `endpoint`, there are none
/// @param region         of the bucket; servers of your own mostly do not care
/// @param bucket         which has to be there; Picup does not make it
/// @param prefix         what every key begins with, for a bucket that is shared; the rest is `<first two hex digits>/<sha-256>`
/// @param pathStyle      whether the bucket is named in the path rather than in the host
/// @param accessKey      without, the keys that Amazon's own tools would find (environment, instance role)
/// @param secretKey      of the access key
/// @param connectTimeout how long a connection may take
/// @param timeout        how long the store may say nothing, or take nothing, before it counts as away
public record S3Settings(
        @Nullable URI endpoint,
        @Nullable URI publicEndpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String bucket,
        @Nullable String prefix,
        @DefaultValue("true") boolean pathStyle,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout) {
    private static final Duration MOST = Duration.ofMinutes(1);

    public S3Settings {
        if (bucket != null && bucket.isBlank()) {
            bucket = null;
        }
        endpoint = address("endpoint", endpoint);
        publicEndpoint = address("public-endpoint", publicEndpoint);
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("picup.storage.s3.access-key and secret-key belong together; set both or neither");
        }
        if (outside(connectTimeout) || outside(timeout)) {
            throw new IllegalArgumentException("picup.storage.s3.connect-timeout and timeout must be between 1ms and 1m, but are %s and %s".formatted(connectTimeout, timeout));
        }
    }

    private static @Nullable URI address(String name, @Nullable URI told) {
        if (told == null || told.toString().isBlank()) {
            return null;
        }
        if (told.getHost() == null || !("http".equals(told.getScheme()) || "https".equals(told.getScheme()))) {
            throw new IllegalArgumentException("picup.storage.s3.%s must be like https://s3.example, but is %s".formatted(name, told));
        }
        return told;
    }

    private static boolean outside(Duration time) {
        return time.toMillis() < 1 || time.compareTo(MOST) > 0;
    }

    public boolean configured() {
        return bucket != null;
    }

    /// Where clients send parts to; null for Amazon's own address.
    @Nullable URI clientsEndpoint() {
        return publicEndpoint == null ? endpoint : publicEndpoint;
    }

    /// Whether anybody has said that clients reach the bucket. Amazon's they do.
    boolean reachedByClients() {
        return configured() && (endpoint == null || publicEndpoint != null);
    }

    /// Empty, or ends with a slash.
    String folder() {
        var trimmed = prefix == null ? "" : prefix.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? "" : trimmed + "/";
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "S3Settings[" + endpoint + " " + bucket + "/" + folder() + "]";
    }
}
