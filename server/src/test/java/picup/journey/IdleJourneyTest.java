package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What is off by default costs nothing.
class IdleJourneyTest {
    private static final List<String> OFF = List.of("com.rabbitmq.", "org.springframework.amqp.", "io.micrometer.prometheusmetrics.", "io.prometheus.",
            "jakarta.mail.", "org.springframework.mail.");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nothingOfBrokerMetricsAndMailIsLoaded() throws Exception {
        try (var picup = new Instance(folder)) {
            Person.signUp(picup.address(), "mina");

            var jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(picup.pid()), "VM.class_hierarchy")
                    .redirectErrorStream(true).start();
            var loaded = jcmd.inputReader().lines().map(line -> line.replaceFirst("^[|\\s-]*", "")).toList();

            assertThat(loaded).as("the answer of jcmd").anyMatch(name -> name.startsWith("picup.events.DeliverInProcess"));
            assertThat(loaded.stream().filter(name -> OFF.stream().anyMatch(name::startsWith))).isEmpty();
        }
    }
}
