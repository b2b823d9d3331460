package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class WelcomeMailModuleTest extends RunningPicup {
    private static GreenMail server;

    @BeforeAll
    static void makeServer() {
        if (server == null) {
            server = new GreenMail(new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        }
    }

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        makeServer();
        properties.add("picup.mail.host", () -> "127.0.0.1");
        properties.add("picup.mail.port", () -> server.getSmtp().getServerSetup().getPort());
        properties.add("picup.mail.tls", () -> "none");
        properties.add("picup.mail.from", () -> "picup@example.org");
        properties.add("picup.mail.backoff", () -> "10ms");
    }

    private static int freePort() {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void nothingGivenUp() {
        database.sql("truncate member.dead_letter, member.mail").update();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void whoGivesAnAddressIsWelcomed() throws Exception {
        server.start();
        server.purgeEmailFromAllMailboxes();

        assertThat(signUp("ada", "ada@example.org").status()).isEqualTo(201);

        await().until(() -> server.getReceivedMessages().length == 1);
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ada@example.org");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("picup@example.org");
        assertThat(mail.getContent().toString()).contains("Hello ada,", "로그인 이름은 \"ada\"입니다.");
        await().until(() -> waiting() == 0);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void whoGivesNoneGetsNone() {
        signUp("ada", null);

        assertThat(waiting()).isZero();
    }

    @Test
    void aMailServerThatIsDownKeepsNobodyOutAndIsGivenUpVisibly() {
        var ada = signUp("ada", "ada@example.org");

        assertThat(ada.status()).isEqualTo(201);
        await().until(() -> database.sql("select exists (select from storage.space where owner_id::text = :id)")
                .param("id", ada.text("id")).query(Boolean.class).single());
        await().until(() -> waiting() == 0);
        assertThat(database.sql("select kind || ', ' || attempts || ' attempts, essential: ' || essential from member.dead_letter")
                .query(String.class).list()).containsExactly("welcome-mail, 5 attempts, essential: false");
    }

    @Test
    void whoTakesTheAddressBackGetsNone() {
        var token = signUpAndIn("ada");
        assertThat(email(token, "PUT", "ada@example.org").json().get("email").asString()).isEqualTo("ada@example.org");
        assertThat(email(token, "GET", null).json().get("email").asString()).isEqualTo("ada@example.org");

        assertThat(email(token, "PUT", null).json().get("email").isNull()).isTrue();

        assertThat(email(token, "GET", null).json().get("email").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "ada@", "@example.org", "a@b@c", "ada@example.org\r\nBcc: all@example.org", "ada@example.org, eve@example.org",
        "Ada <ada@example.org>", "ada @example.org"})
    void whatIsNoAddressIsRefusedBeforeAnAccountIsMade(String address) {
        var answer = signUp("ada", address);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad-value");
        assertThat(signIn("ada").status()).isEqualTo(401);
    }

    private Answer signUp(String username, @Nullable String email) {
        var member = new HashMap<String, Object>(Map.of("username", username, "password", passwordOf(username)));
        member.put("email", email);
        return send("POST", "/api/members", member);
    }

    private String signUpAndIn(String username) {
        signUp(username);
        return signIn(username).text("accessToken");
    }

    private Answer email(String token, String method, @Nullable String email) {
        var body = new HashMap<String, Object>();
        body.put("email", email);
        return send(method, "/api/members/me/email", method.equals("GET") ? null : body, "Authorization", "Bearer " + token);
    }

    private long waiting() {
        return database.sql("select count(*) from member.mail").query(Long.class).single();
    }
}
