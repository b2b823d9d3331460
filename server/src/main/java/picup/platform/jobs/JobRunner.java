package picup.platform.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionException;
import picup.platform.Role;
import picup.platform.Unavailable;
import tools.jackson.databind.json.JsonMapper;

/// Runs the jobs: one scheduler a lane (db-scheduler over one table each). A commit wakes the scheduler of this process
/// at once, and polling finds what other processes left or what a crash cut off.
final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /// Only for jobs of other processes and for retries; our own commits wake the scheduler. News of a process that does not relay
    /// must not be a second old.
    private static final Duration POLL = Duration.ofMillis(500);

    /// A killed process is noticed after four missed heartbeats, and its jobs begin again.
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final DataSource database;
    private final Jobs jobs;
    private final Map<Lane, List<Task<?>>> tasks = new HashMap<>();
    private final List<RecurringJob<?>> recurring = new ArrayList<>();
    private final DeadLetters deadLetters;
    private final JobCounts counts;
    private final JsonMapper json;
    /// Made at each start, as one that was stopped cannot start again.
    private volatile Map<Lane, Scheduler> schedulers = Map.of();
    private volatile boolean running;

    /// @param roles of this process, which runs the lanes of these and leaves the others alone
    /// @throws IllegalStateException when a kind that is run here has no handler, or two
    JobRunner(DataSource database, JsonMapper json, Jobs jobs, DeadLetters deadLetters, JobCounts counts, Set<Role> roles,
            List<JobKind<?>> kinds, List<JobHandler<?>> handlers) {
        this.database = new TransactionAwareDataSourceProxy(database);
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.json = json;
        for (var kind : kinds.stream().filter(each -> roles.contains(each.lane().runBy())).toList()) {
            var mine = handlers.stream().filter(handler -> handler.kind().equals(kind)).toList();
            if (mine.size() != 1) {
                throw new IllegalStateException("The job kind " + kind.name() + " must have exactly one handler, but has " + mine);
            }
            tasks.computeIfAbsent(kind.lane(), lane -> new ArrayList<>()).add(task(mine.getFirst()));
            if (mine.getFirst() instanceof RecurringJob<?> again) {
                recurring.add(again);
            }
        }
        for (var handler : handlers) {
            if (!kinds.contains(handler.kind())) {
                throw new IllegalStateException(handler + " handles " + handler.kind().name() + ", which is no declared job kind");
            }
        }
        tasks.keySet().forEach(lane -> jobs.whenCommitted(lane, () -> wake(lane)));
    }

    private Scheduler scheduler(Lane lane, List<Task<?>> tasks) {
        return Scheduler.create(database, tasks)
                .tableName(lane.table())
                .serializer(new JsonPayload(json))
                .threads(lane.threads())
                .executorService(Executors.newFixedThreadPool(lane.threads(), Thread.ofVirtual().name(lane.name() + "-", 0).factory()))
                .pollUsingLockAndFetch(0.5, lane.ahead())
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(DRAIN)
                .jdbcCustomization(new AutodetectJdbcCustomization(database))
                .enablePriority()
                .failureLogging(com.github.kagkarlsson.scheduler.logging.LogLevel.DEBUG, true)
                .build();
    }

    private void wake(Lane lane) {
        var scheduler = schedulers.get(lane);
        if (scheduler != null) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    private <T> Task<T> task(JobHandler<T> handler) {
        var kind = handler.kind();
        return Tasks.oneTime(kind.name(), kind.payload())
                .onFailure((complete, operations) -> failed(handler, complete, operations))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(handler, instance.getData()));
    }

    private <T> void run(JobHandler<T> handler, T payload) {
        try {
            if (handler instanceof RecurringJob<T> again) {
                planNext(again);
            }
            handler.run(payload);
            counts.of(handler.kind()).done().increment();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new JobFailed(e);
        }
    }

    private <T> void planNext(RecurringJob<T> again) {
        jobs.addNext(again.kind(), again.job(), again.every());
    }

    private <T> void failed(JobHandler<T> handler, ExecutionComplete complete, ExecutionOperations<T> operations) {
        var kind = handler.kind();
        int failures = complete.getExecution().consecutiveFailures + 1;
        var reason = complete.getCause().map(JobFailed::unwrap).orElseGet(() -> new IllegalStateException("unknown"));
        if (blameless(reason)) {
            counts.of(kind).postponed().increment();
            // One that waits because somebody wants it to says nothing: there may be ten thousand of them.
            LOG.atLevel(reason instanceof NotNow && reason.getCause() == null ? Level.DEBUG : Level.WARN).log("{} has to wait: {}", kind.name(), reason.toString());
            // As a success, because a failure would count. It also forgives the failures before.
            operations.reschedule(ExecutionComplete.success(complete.getExecution(), complete.getTimeDone(), complete.getTimeDone()),
                    complete.getTimeDone().plus(NotNow.waitAfter(reason)));
            return;
        }
        counts.of(kind).failed().increment();
        if (failures < kind.attempts()) {
            LOG.warn("{} failed ({} of {} attempts): {}", kind.name(), failures, kind.attempts(), reason.toString());
            operations.reschedule(complete, complete.getTimeDone().plus(kind.waitAfter(failures)));
            return;
        }
        counts.of(kind).gaveUp().increment();
        LOG.error("{} gave up after {} attempts", kind.name(), failures, reason);
        @SuppressWarnings("unchecked")
        var payload = (T) complete.getExecution().taskInstance.getData();
        handler.gaveUp(payload, reason);
        deadLetters.keep(kind, json.writeValueAsString(payload), failures, reason.toString());
        operations.stop();
    }

    /// The database away or in the way, nothing to do the work with, or no time: no file and no event is to blame for that.
    private static boolean blameless(Throwable reason) {
        return reason instanceof NotNow || reason instanceof Unavailable || reason.getCause() instanceof Unavailable || reason instanceof InterruptedException || reason instanceof DataAccessResourceFailureException || reason instanceof TransientDataAccessException
                || reason instanceof RecoverableDataAccessException || reason instanceof TransactionException;
    }

    @Override
    public void start() {
        recurring.forEach(this::planNext);
        var started = new HashMap<Lane, Scheduler>();
        tasks.forEach((lane, mine) -> started.put(lane, scheduler(lane, mine)));
        started.values().forEach(Scheduler::start);
        schedulers = started;
        running = true;
    }

    /// Lets running jobs finish; what does not finish in time begins again elsewhere or at the next start.
    @Override
    public void stop() {
        running = false;
        var ending = schedulers;
        schedulers = Map.of();
        // Not in the common pool, which may have one thread: the end of a process is told there, and a running job may wait for that of its decoder.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ending.values().forEach(each -> threads.execute(each::stop));
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the web server has taken its last request, before the database goes.
    @Override
    public int getPhase() {
        return 0;
    }
}
