package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What ends a program that a file keeps busy, and what doesn't end one that only waits for its turn. A busy machine is made up by a
/// program that sleeps: the clock goes on, and it works nothing.
class PatienceTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void waitingIsNoWork() throws Exception {
        Program.Ended ended = Program.run(List.of("sh", "-c", "sleep 2; echo done"), LIMIT);
        assertThat(ended).isEqualTo(new Program.Ended(0, "done\n", ""));
    }

    @Test
    void whatWorksForTooLongIsEnded() {
        assertTooSlow(List.of("sh", "-c", "while :; do :; done"), LIMIT);
    }

    @Test
    void whatSleepsIsEndedByTheClock() {
        assertTooSlow(List.of("sleep", "1000"), Duration.ofMillis(50));
    }

    @Test
    void bothClockAndWorkReachTheLimitOrTheClockGoesFarBeyondIt() {
        assertThat(Patience.ended(LIMIT.multipliedBy(9), LIMIT.minusMillis(1), LIMIT)).isFalse();
        assertThat(Patience.ended(LIMIT.multipliedBy(9), LIMIT, LIMIT)).isTrue();
        assertThat(Patience.ended(LIMIT.minusMillis(1), LIMIT.multipliedBy(2), LIMIT)).as("two threads").isFalse();
        assertThat(Patience.ended(LIMIT.multipliedBy(10), Duration.ZERO, LIMIT)).isTrue();
        assertThat(Patience.ended(LIMIT.multipliedBy(2), Duration.ofSeconds(-3), LIMIT)).as("it has just ended").isFalse();
    }

    private static void assertTooSlow(List<String> command, Duration limit) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Program.run(command, limit))
                .satisfies(refusal -> assertThat(refusal.answer().reason()).isEqualTo(DecodeAnswer.Reason.TOO_SLOW));
    }
}
