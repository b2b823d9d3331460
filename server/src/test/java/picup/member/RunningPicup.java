package picup.member;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import picup.PicupApplication;
import picup.events.Listener;
import picup.events.MemberEvent;
import picup.platform.TestDatabase;
import picup.platform.security.MovableClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The product on a real port and a real PostgreSQL, without members. Hashes are fake, because these tests ask other
/// questions, and time stands.
@SpringBootTest(classes = PicupApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "picup.sign-up=open")
@Import(RunningPicup.Fakes.class)
public abstract class RunningPicup {
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCESS_COOKIE = "picup_access";
    private static final String REFRESH_COOKIE = "picup_refresh";

    @LocalServerPort
    protected int port;

    @Autowired
    protected JdbcClient database;

    @Autowired
    protected MovableClock clock;

    @Autowired
    protected CountingEncoder encoder;

    @TestConfiguration
    static class Fakes {
        @Bean
        @Primary
        MovableClock movableClock() {
            // behind the real time, so that jobs, which run by that, are always due
            return new MovableClock(Instant.now().minus(Duration.ofDays(3650)));
        }

        @Bean
        @Primary
        CountingEncoder countingEncoder() {
            return new CountingEncoder();
        }

        @Bean
        NewsHeard newsHeard() {
            return new NewsHeard();
        }
    }

    /// Listens to the outbox.
    public static class NewsHeard implements Listener {
        public final ConcurrentLinkedQueue<MemberEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        public void on(MemberEvent event) {
            events.add(event);
        }
    }

    @DynamicPropertySource
    static void ownFolderAndDatabase(DynamicPropertyRegistry properties) throws IOException {
        var postgres = TestDatabase.empty();
        var data = Files.createTempDirectory("picup-test-data");
        properties.add("picup.data", data::toString);
        properties.add("picup.database.url", postgres::url);
        properties.add("picup.database.username", postgres::username);
        properties.add("picup.database.password", postgres::password);
        properties.add("picup.database.connections", () -> "6"); // several contexts share the one server
    }

    @BeforeEach
    void nobodyIsHere() {
        database.sql("truncate member.account, member.founder, member.audit cascade").update();
        // the attempts at sign-in of the test before are forgiven by then
        clock.advance(Duration.ofHours(1));
    }

    /// An answer, with the names that tests ask by.
    public record Answer(HttpResponse<String> http) {
        public int status() {
            return http.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(http.body());
        }

        public String text(String field) {
            return json().get(field).asString();
        }

        public String code() {
            return text("code");
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /// The whole `Set-Cookie` line, or nothing.
        public String setCookie(String name) {
            return http.headers().allValues("Set-Cookie").stream()
                    .filter(line -> line.startsWith(name + "=")).reduce("", (_, last) -> last);
        }

        public String cookie(String name) {
            var line = setCookie(name);
            return line.isEmpty() ? "" : line.substring(name.length() + 1, line.indexOf(';'));
        }

        /// What a browser would send from now on.
        public String cookieHeader() {
            return ACCESS_COOKIE + "=" + cookie(ACCESS_COOKIE) + "; " + REFRESH_COOKIE + "=" + cookie(REFRESH_COOKIE);
        }
    }

    /// @param headers name, value, name, value
    protected Answer send(String method, String path, @Nullable Object body, String... headers) {
        return sendTo("http://localhost:", method, path, body, headers);
    }

    /// @param host as the request is addressed, up to the port
    protected Answer sendTo(String host, String method, String path, @Nullable Object body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(host + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    protected Answer signUp(String username) {
        return send("POST", "/api/members", Map.of("username", username, "password", passwordOf(username)));
    }

    protected Answer signIn(String username) {
        return signIn(username, passwordOf(username));
    }

    protected Answer signIn(String username, String password) {
        return send("POST", "/api/auth/sessions", Map.of("username", username, "password", password));
    }

    protected Answer refresh(String refreshToken) {
        return send("POST", "/api/auth/sessions/refresh", Map.of("refreshToken", refreshToken));
    }

    protected Answer me(String accessToken) {
        return send("GET", "/api/members/me", null, "Authorization", "Bearer " + accessToken);
    }

    protected static String passwordOf(String username) {
        return "password of " + username;
    }

    protected String origin() {
        return "http://localhost:" + port;
    }
}
