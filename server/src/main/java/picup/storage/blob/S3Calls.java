package picup.storage.blob;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Calls of an S3 server that end in time, whatever it does.
///
/// The client's own timeouts do not cover a server that stops *taking* bytes in the middle of an upload: `HttpURLConnection` has no timeout for
/// writing. So each call runs on a virtual thread of its own, whose sockets close when it is interrupted, and its caller waits for
/// it as long as bytes move: `picup.storage.s3.timeout` without any, and at the slowest [#SLOWEST_BYTES_PER_SECOND].
///
/// What a server refuses for the moment (503, 500, throttling) the client repeats up to two times, after tens of milliseconds, within that time.
final class S3Calls implements AutoCloseable {
    /// A line of 0.5 Mbit/s, under which a phone's pictures could not be kept up with anyway.
    private static final long SLOWEST_BYTES_PER_SECOND = 64 * 1024;

    /// Servers that copy the parts of an object into one file, on a disk that is busy.
    private static final long ASSEMBLED_BYTES_PER_SECOND = 16 * 1024 * 1024;

    private final S3Settings settings;
    private final Duration patience;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-", 0).factory());
    private @Nullable S3Client client;

    S3Calls(S3Settings settings) {
        this.settings = settings;
        this.patience = settings.connectTimeout().plus(settings.timeout());
    }

    /// Made when it is first needed: it takes a good part of a second, which no start shall wait for.
    synchronized S3Client client() {
        if (client == null) {
            client = client(settings.timeout());
        }
        return client;
    }

    private S3Client client(Duration timeout) {
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(settings.connectTimeout()).socketTimeout(timeout))
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials())
                // Each object brings its SHA-256 along; the other sums, which some servers do not know, would be on top of that.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    AwsCredentialsProvider credentials() {
        return settings.accessKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    /// A call that moves few bytes.
    ///
    /// @param what for the log: `look for an object`
    <T> T ask(String what, Callable<T> call) throws IOException {
        return ask(what, 0, new AtomicLong(), call);
    }

    /// @param sizeBytes how much it sends
    /// @param sent      counts on while it does
    /// @throws StoreUnavailable whatever the server answers but what was asked for; its cause is the [S3Exception], where it answered
    <T> T ask(String what, long sizeBytes, AtomicLong sent, Callable<T> call) throws IOException {
        return ask(patience, what, sizeBytes, sent, call);
    }

    /// A call that is answered when the server has been through all of an object's bytes. With a client of its own, as that is who knows for
    /// how long nothing may come.
    <T> T askToAssemble(String what, long sizeBytes, Function<S3Client, T> call) throws IOException {
        var timeout = settings.timeout().plusSeconds(sizeBytes / ASSEMBLED_BYTES_PER_SECOND);
        try (var patient = client(timeout)) {
            return ask(timeout.plus(settings.connectTimeout()), what, 0, new AtomicLong(), () -> call.apply(patient));
        }
    }

    private <T> T ask(Duration patience, String what, long sizeBytes, AtomicLong sent, Callable<T> call) throws IOException {
        long deadline = System.nanoTime() + patience.multipliedBy(2).toNanos() + TimeUnit.SECONDS.toNanos(sizeBytes / SLOWEST_BYTES_PER_SECOND);
        var answer = threads.submit(call);
        try {
            long sentBefore = 0;
            while (true) {
                try {
                    return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long sentNow = sent.get();
                    if (sentNow == sentBefore || System.nanoTime() - deadline > 0) {
                        throw new StoreUnavailable("The S3 store does not answer.", new IOException("Cannot " + what + " within the time that it is given", e));
                    }
                    sentBefore = sentNow;
                }
            }
        } catch (ExecutionException e) {
            throw explained(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("Picup is being stopped.", e);
        } finally {
            end(answer);
        }
    }

    /// Without effect on one that has answered.
    private static void end(Future<?> answer) {
        answer.cancel(true);
    }

    private static IOException explained(String what, Throwable e) {
        return switch (e) {
            case S3Exception refused -> new StoreUnavailable("The S3 store cannot " + what + " at the moment.", refused);
            case SdkException away -> new StoreUnavailable("The S3 store does not answer.", away);
            case IOException ours -> ours;
            case RuntimeException defect -> throw defect;
            default -> throw new IllegalStateException(e);
        };
    }

    @Override
    public synchronized void close() {
        threads.shutdownNow();
        if (client != null) {
            client.close();
        }
    }
}
