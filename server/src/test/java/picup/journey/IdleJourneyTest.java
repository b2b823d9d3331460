package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What is off, and what nobody uses, costs nothing: not one class of it is loaded.
class IdleJourneyTest {
    private static final List<String> OFF = List.of("com.rabbitmq.", "org.springframework.amqp.", "io.micrometer.prometheusmetrics.", "io.prometheus.",
            "jakarta.mail.", "org.springframework.mail.");
    private static final List<String> UNUSED = List.of("com.webauthn4j.", "org.springframework.security.web.webauthn.", "com.nimbusds.oauth2.",
            "com.nimbusds.openid.");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static Instance picup;

    @BeforeAll
    static void start() {
        picup = Instance.ofCompiledClasses(folder, "-Xlog:class+load:file=" + folder.resolve("classes"));
        Person.signUp(picup.address(), "mina");
        assertThat(new Person(picup.address(), null).get("/api/instance").status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        picup.close();
    }

    @Test
    void nothingOfBrokerMetricsAndMailIsLoaded() throws IOException {
        var jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(picup.pid()), "VM.class_hierarchy")
                .redirectErrorStream(true).start();
        var loaded = jcmd.inputReader().lines().map(line -> line.replaceFirst("^[|\\s-]*", "")).toList();

        assertThat(loaded).as("the answer of jcmd").anyMatch(name -> name.startsWith("picup.events.DeliverInProcess"));
        assertThat(loaded).filteredOn(name -> OFF.stream().anyMatch(name::startsWith)).isEmpty();
    }

    @Test
    void passkeysAndProvidersWaitUntilSomebodyNeedsThem() throws IOException {
        try (var lines = Files.lines(folder.resolve("classes"))) {
            var names = lines.map(line -> line.split("] ")).map(parts -> parts[parts.length - 1].split(" ")[0]).toList();

            assertThat(names).contains("picup.member.passkey.RelyingParties", "picup.member.oidc.Providers");
            assertThat(names).filteredOn(name -> UNUSED.stream().anyMatch(name::startsWith)).isEmpty();
        }
    }
}
