package picup.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import picup.platform.TestDatabase;

class JobRunnerTest {
    private static final Lane LANE = new Lane("storage", "job", 1);
    private static final Duration SOON = Duration.ofMillis(1);

    record Work(String what) {}

    private record Row(int failures, boolean waits) {}

    static Stream<Exception> blamelessFailures() {
        return Stream.of(
                new NotNow("nothing to do it with", new IllegalStateException()),
                new CannotGetJdbcConnectionException("database away", new SQLException()),
                new CannotCreateTransactionException("database away"),
                new QueryTimeoutException("database slow"),
                new CannotAcquireLockException("somebody in the way"));
    }

    @ParameterizedTest
    @MethodSource("blamelessFailures")
    void whatIsNotTheJobsFaultCostsNoAttempt(Exception reason) {
        var kind = new JobKind<>(LANE, "work", Work.class, 1, SOON);
        var jobs = new JobsByHand(TestDatabase.create().pool(), List.of(kind));
        jobs.jobs.add(kind, new Work("of one attempt"), Priority.BULK);

        try (var running = jobs.run(List.of(handler(kind, List.of(reason))))) {
            await().until(() -> row(jobs).waits());
        }

        assertThat(row(jobs).failures()).isZero();
        assertThat(deadLetters(jobs)).isEmpty();
    }

    @Test
    void afterAnyNumberOfBlamelessFailuresAllAttemptsAreLeft() {
        var kind = new JobKind<>(LANE, "work", Work.class, 2, SOON);
        var jobs = new JobsByHand(TestDatabase.create().pool(), List.of(kind));
        jobs.jobs.add(kind, new Work("that waits, and then fails"), Priority.BULK);
        var notNow = new NotNow("wait", Duration.ZERO);

        try (var running = jobs.run(List.of(handler(kind,
                List.of(notNow, notNow, notNow, new IllegalStateException("first"), new IllegalStateException("second")))))) {
            await().until(() -> jobs.jobs.pending(LANE) == 0);
        }

        assertThat(deadLetters(jobs)).containsExactly("work: java.lang.IllegalStateException: second, essential");
    }

    @Test
    void whatIsNotEssentialIsGivenUpVisibly() {
        var kind = new JobKind<>(LANE, "courtesy", Work.class, 1, SOON, false);
        var jobs = new JobsByHand(TestDatabase.create().pool(), List.of(kind));
        jobs.jobs.add(kind, new Work("nobody loses"), Priority.BULK);

        try (var running = jobs.run(List.of(handler(kind, List.of(new IllegalStateException("no")))))) {
            await().until(() -> jobs.jobs.pending(LANE) == 0);
        }

        assertThat(deadLetters(jobs)).containsExactly("courtesy: java.lang.IllegalStateException: no, given up");
    }

    @Test
    void whatComesAgainAndAgainComesAgainWhenItWasBroughtForward() {
        var kind = new JobKind<>(LANE, "round", Work.class, 1, SOON);
        var jobs = new JobsByHand(TestDatabase.create().pool(), List.of(kind));
        var rounds = new AtomicInteger();

        try (var running = jobs.run(List.of(new EachHour(kind, rounds)))) {
            for (int round = 1; round <= 3; round++) {
                jobs.jobs.bringForward(kind);
                await().untilAtomic(rounds, Matchers.equalTo(round));
                await().until(() -> jobs.jobs.pending(LANE) == 1);
            }
        }

        assertThat(jobs.sql.sql("SELECT NOT picked AND execution_time > now() FROM storage.job").query(Boolean.class).list()).containsExactly(true);
    }

    /// One that fails, or is cut off, must not be the last.
    @Test
    void theNextOfWhatComesAgainIsOnTheCalendarBeforeItIsDone() {
        var kind = new JobKind<>(LANE, "round", Work.class, 3, Duration.ofDays(1));
        var jobs = new JobsByHand(TestDatabase.create().pool(), List.of(kind));
        var failing = new EachHour(kind, new AtomicInteger()) {
            @Override
            public void run(Work work) {
                throw new IllegalStateException("no");
            }
        };

        try (var running = jobs.run(List.of(failing))) {
            jobs.jobs.bringForward(kind);
            await("the failed one, for another attempt, and the next").until(() -> jobs.jobs.pending(LANE) == 2);
        }
    }

    private static class EachHour implements RecurringJob<Work> {
        private final JobKind<Work> kind;
        private final AtomicInteger rounds;

        EachHour(JobKind<Work> kind, AtomicInteger rounds) {
            this.kind = kind;
            this.rounds = rounds;
        }

        @Override
        public JobKind<Work> kind() {
            return kind;
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public Work job() {
            return new Work("each hour");
        }

        @Override
        public void run(Work work) {
            rounds.incrementAndGet();
        }
    }

    /// Fails in these ways, one after the other, and then succeeds.
    private static JobHandler<Work> handler(JobKind<Work> kind, List<? extends Exception> failures) {
        Iterator<? extends Exception> next = failures.iterator();
        return handler(kind, _ -> {
            if (next.hasNext()) {
                throw next.next();
            }
        });
    }

    private interface Doing {
        void run(Work job) throws Exception;
    }

    private static JobHandler<Work> handler(JobKind<Work> kind, Doing doing) {
        return new JobHandler<>() {
            @Override
            public JobKind<Work> kind() {
                return kind;
            }

            @Override
            public void run(Work job) throws Exception {
                doing.run(job);
            }
        };
    }

    private static Row row(JobsByHand jobs) {
        return jobs.sql.sql("""
                SELECT coalesce(consecutive_failures, 0), NOT picked AND last_success IS NOT NULL AND execution_time > now() FROM storage.job
                """).query((row, _) -> new Row(row.getInt(1), row.getBoolean(2))).single();
    }

    private static List<String> deadLetters(JobsByHand jobs) {
        return jobs.sql.sql("SELECT kind || ': ' || reason || CASE WHEN essential THEN ', essential' ELSE ', given up' END FROM storage.dead_letter")
                .query(String.class).list();
    }
}
