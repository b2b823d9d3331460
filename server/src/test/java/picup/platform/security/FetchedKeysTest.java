package picup.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Against a server that stands in for the member role and misbehaves on demand.
class FetchedKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch theEnd = new CountDownLatch(1);
    private final Map<String, ECPublicKey> first = Map.of("first", key());
    private final Map<String, ECPublicKey> second = Map.of("second", key());
    private volatile String published = document(first);
    private volatile boolean silent;
    private HttpServer member;

    @BeforeEach
    void start() throws IOException {
        member = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        member.setExecutor(command -> Thread.ofVirtual().start(command));
        member.createContext("/api/auth/keys", exchange -> {
            asked.incrementAndGet();
            if (silent) {
                awaitTheEnd();
            }
            var body = published.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        member.start();
    }

    private void awaitTheEnd() {
        try {
            theEnd.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        theEnd.countDown();
        member.stop(0);
    }

    private static ECPublicKey key() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return (ECPublicKey) pair.getPublic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String document(Map<String, ECPublicKey> keys) {
        return new JsonMapper().writeValueAsString(KeyDocument.of(keys));
    }

    private Path kept() {
        return folder.resolve("data/published-keys.json");
    }

    private FetchedKeys fetched() {
        return new FetchedKeys(URI.create("http://127.0.0.1:" + member.getAddress().getPort() + "/"), kept());
    }

    private static void awaitKeys(FetchedKeys keys, Map<String, ECPublicKey> expected) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            keys.unknown("whatever");
            return keys.publicKeys().equals(expected);
        });
    }

    @Test
    void anUnknownKeyIsFetchedSoon() {
        try (var keys = fetched()) {
            awaitKeys(keys, first);
            published = document(second);

            awaitKeys(keys, second);
        }
    }

    @Test
    void junkDoesNotBecomeAHailOfRequests() {
        try (var keys = fetched()) {
            awaitKeys(keys, first);
            published = document(second);
            int before = asked.get();
            for (int i = 0; i < 100_000; i++) {
                keys.unknown("junk-" + i);
            }
            awaitKeys(keys, second);
            // What was asked for in the meantime, and one that may have been under way.
            assertThat(asked.get() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whatWasFetchedOutlivesARestartWhileTheMemberRoleIsDown() {
        try (var keys = fetched()) {
            awaitKeys(keys, first);
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(kept()));
        }
        silent = true;
        try (var keys = fetched()) {
            assertThat(keys.publicKeys()).isEqualTo(first);
        }
        member.stop(0);
        try (var keys = fetched()) {
            assertThat(keys.publicKeys()).isEqualTo(first);
        }
    }

    @Test
    void whatIsNoListOfKeysReplacesNothing() {
        for (var nonsense : new String[] {"", "{}", "{\"keys\":[]}", "<html>a proxy's page</html>", " ".repeat(100_000) + document(second)}) {
            published = document(first);
            try (var keys = fetched()) {
                awaitKeys(keys, first);
                published = nonsense;
                int before = asked.get();
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    keys.unknown("whatever");
                    return asked.get() >= before + 2; // so that the first of them has been dealt with
                });
                assertThat(keys.publicKeys()).as(nonsense).isEqualTo(first);
            }
        }
    }

    @Test
    void aFileThatCannotBeReadIsFetchedAnew() throws IOException {
        Files.createDirectories(kept().getParent());
        Files.writeString(kept(), "torn");
        try (var keys = fetched()) {
            awaitKeys(keys, first);
        }
        assertThat(KeyDocument.keysIn(Files.readString(kept()))).isEqualTo(first);
    }

    @Test
    void aServerThatSaysNothingHoldsNobodyUp() {
        silent = true;
        try (var keys = fetched()) {
            Awaitility.await().atMost(PATIENCE).until(() -> asked.get() > 0);
            assertThat(keys.publicKeys()).isEmpty();
            silent = false;
            awaitKeys(keys, first);
        }
    }
}
