package picup.media.decoding;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    private static final String BUSY = "while :; do :; done";

    /// One core for two: the one that comes last waits.
    @Test
    void aProcessThatGetsNoCoreIsSeenToWait() throws Exception {
        var started = new ArrayList<Process>();
        try {
            started.add(new ProcessBuilder("taskset", "-c", "0", "sh", "-c", BUSY).start());
            started.add(new ProcessBuilder("taskset", "-c", "0", "chrt", "--idle", "0", "sh", "-c", BUSY).start());
            var last = new ProcessTree(started.getLast().toHandle());

            await().atMost(Duration.ofSeconds(30)).until(() -> last.waitedForCores().compareTo(Duration.ofMillis(200)) > 0);
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }
}
