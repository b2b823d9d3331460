package picup.platform.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that the role `member` publishes, for a process without it.
///
/// **Nobody waits for the member role.** A thread of its own fetches the keys every [#EVERY], and soon when a token bears
/// one that is not known, though never sooner than [#AT_MOST_EVERY] after the last try: junk tokens must not become a
/// hail of requests. Requests are judged by the keys that are known by then. A new key is published half a minute before
/// the first token bears it ([KeyFolder]), so the regular fetch is enough for a rotation.
///
/// **They are kept**, in memory and in a file, so that tokens are honoured while the member role is down or frozen, also by
/// a process that starts meanwhile. What cannot be read replaces nothing.
public class FetchedKeys implements PublicKeys, AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(30);
    static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /// A key has 200 bytes.
    private static final int LARGEST_DOCUMENT = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

    private final URI address;
    private final Path kept;
    private final HttpClient http;
    private final BlockingQueue<Boolean> asked = new ArrayBlockingQueue<>(1);
    private final Thread fetching;
    private volatile Map<String, ECPublicKey> keys = Map.of();
    private volatile boolean reached = true;

    /// @param member where the role is reached
    /// @param kept   the file that keeps what was fetched last
    public FetchedKeys(URI member, Path kept) {
        this.address = URI.create(member.toString().replaceAll("/+$", "") + "/api/auth/keys");
        this.kept = kept;
        recall();
        http = HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
        fetching = Thread.ofVirtual().name("published-keys").start(this::fetchAgainAndAgain);
    }

    @Override
    public Map<String, ECPublicKey> publicKeys() {
        return keys;
    }

    @Override
    public void unknown(String keyId) {
        asked.offer(true);
    }

    private void fetchAgainAndAgain() {
        try {
            while (true) {
                fetch();
                Thread.sleep(AT_MOST_EVERY);
                if (!keys.isEmpty()) {
                    asked.poll(EVERY.minus(AT_MOST_EVERY).toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void fetch() throws InterruptedException {
        try {
            var document = answer();
            var fetched = KeyDocument.keysIn(document);
            if (!fetched.equals(keys)) {
                keys = fetched;
                keep(document);
                LOG.info("Access tokens are verified with the keys {} of {}", fetched.keySet(), address);
            }
            reached = true;
        } catch (IOException | IllegalArgumentException e) {
            if (reached || keys.isEmpty()) {
                LOG.warn("The keys of access tokens cannot be fetched from {}; going on with {}: {}", address, keys.keySet(), e.toString());
            }
            reached = false;
        }
    }

    /// The deadline is for all of it: a request's own timeout ends with the headers.
    private String answer() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).header("Accept", "application/json").build();
        var coming = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_DOCUMENT));
        try {
            HttpResponse<String> answer = coming.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("The answer was " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    private void recall() {
        try {
            keys = KeyDocument.keysIn(Files.readString(kept));
        } catch (NoSuchFileException e) {
            LOG.debug("No keys were fetched before");
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The keys in {} cannot be read; new ones are fetched", kept, e);
        }
    }

    /// Written beside and renamed. A disk that does not take it costs only a start while the member role is down.
    private void keep(String document) {
        try {
            Files.createDirectories(kept.getParent());
            var beside = Files.createTempFile(kept.getParent(), ".keys", ".new");
            Files.writeString(beside, document);
            Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The fetched keys cannot be kept in {}", kept, e);
        }
    }

    @Override
    public void close() {
        fetching.interrupt();
        http.shutdownNow();
    }
}
