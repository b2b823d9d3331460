package picup.platform.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import picup.platform.Ids;
import picup.platform.news.Neighbours;
import picup.platform.news.Topic;
import tools.jackson.databind.json.JsonMapper;

/// Work that survives a restart: a row with a lease, attempts and a next try, written in the transaction that needs it.
/// It begins when that transaction has committed, in whichever process runs the lane: at once in this one or a neighbour that
/// hears of it, at the next poll in any other.
public final class Jobs {
    /// The table of the lane; for the processes that run it.
    private static final Topic<String> ADDED = new Topic<>("job-added", String.class);

    private final Map<Lane, SchedulerClient> clients;
    private final Map<Lane, Runnable> wakes = new ConcurrentHashMap<>();
    private final JdbcClient sql;
    private final InstantSource clock;
    private final Neighbours neighbours;

    Jobs(DataSource database, JdbcClient sql, JsonMapper json, InstantSource clock, Neighbours neighbours, List<JobKind<?>> kinds) {
        this.sql = sql;
        this.neighbours = neighbours;
        neighbours.hear(ADDED, table -> wakes.forEach((lane, wake) -> {
            if (lane.table().equals(table)) {
                wake.run();
            }
        }));
        this.clock = clock;
        var transactional = new TransactionAwareDataSourceProxy(database);
        clients = kinds.stream().map(JobKind::lane).distinct().collect(Collectors.toMap(lane -> lane, lane ->
                SchedulerClient.Builder.create(transactional)
                        .tableName(lane.table()).serializer(new JsonPayload(json)).enablePriority().build()));
    }

    /// Adds a job to the surrounding transaction, or at once when there is none.
    public <T> void add(JobKind<T> kind, T payload, Priority priority) {
        client(kind).schedule(instance(kind, Ids.next().toString(), payload, priority), clock.instant());
        wakeAfterCommit(kind.lane());
    }

    /// Adds the one job of this kind with this id, not to run before `due`; does nothing when it is waiting already.
    public <T> void addOnce(JobKind<T> kind, String id, T payload, Priority priority, Instant due) {
        client(kind).scheduleIfNotExists(instance(kind, id, payload, priority), due);
        wakeAfterCommit(kind.lane());
    }

    /// Lets those of this kind begin now that wait for a later time and have not failed.
    public void bringForward(JobKind<?> kind) {
        sql.sql("""
                UPDATE %s SET execution_time = :now, version = version + 1
                WHERE task_name = :kind AND NOT picked AND execution_time > :now AND coalesce(consecutive_failures, 0) = 0
                """.formatted(kind.lane().table()))
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)).param("kind", kind.name()).update();
        wakeAfterCommit(kind.lane());
    }

    /// Puts the next of a [RecurringJob] on the calendar, `every` from now. Called at start-up and before each run, by however many processes:
    /// there is one for each span of that length.
    ///
    /// A run that came before its time, because it was brought forward or the clock was put back, finds itself on the calendar; the next is then
    /// that of the span after, so that there is always a next one.
    ///
    /// The calendar goes by the clock of the machine, as what begins its jobs does: where the clock of Picup was set back, all of it would be due for ever.
    <T> void addNext(JobKind<T> kind, T payload, Duration every) {
        var next = Instant.now().plus(every);
        long span = next.getEpochSecond() / every.toSeconds();
        var id = "at-" + span;
        addOnce(kind, underWay(kind, id) ? "at-" + (span + 1) : id, payload, Priority.BULK, next);
    }

    private boolean underWay(JobKind<?> kind, String id) {
        return sql.sql("SELECT EXISTS (SELECT FROM %s WHERE task_name = :kind AND task_instance = :id AND picked)".formatted(kind.lane().table()))
                .param("kind", kind.name()).param("id", id).query(Boolean.class).single();
    }

    /// How many jobs of the lane wait or run.
    public long pending(Lane lane) {
        return sql.sql("SELECT count(*) FROM " + lane.table()).query(Long.class).single();
    }

    /// How many jobs of a kind wait or run whose ids, as they were given to [#addOnce], begin so; counts no further than `most`.
    ///
    /// @param beginning has no `%`, `_` or `\\`
    public int pending(JobKind<?> kind, String beginning, int most) {
        return sql.sql("SELECT count(*) FROM (SELECT FROM %s WHERE task_name = :kind AND task_instance LIKE :ids LIMIT :most) AS found".formatted(kind.lane().table()))
                .param("kind", kind.name()).param("ids", beginning + "%").param("most", most).query(Integer.class).single();
    }

    /// Whether a job of the lane runs or is due, in whichever process, that somebody waits for.
    public boolean somebodyWaits(Lane lane) {
        return sql.sql("SELECT EXISTS (SELECT FROM %s WHERE priority = :interactive AND (picked OR execution_time <= :now))".formatted(lane.table()))
                .param("interactive", Priority.INTERACTIVE.value())
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Boolean.class).single();
    }

    /// When the job of this kind was added that has been waiting or running for the longest. Only of kinds that are added by
    /// [#add], whose ids tell the time.
    public Optional<Instant> oldest(JobKind<?> kind) {
        return sql.sql("SELECT min(task_instance) FROM " + kind.lane().table() + " WHERE task_name = :kind")
                .param("kind", kind.name())
                .query((row, _) -> Optional.ofNullable(row.getString(1))).single()
                .map(id -> Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16)); // RFC 9562, UUIDv7
    }

    void whenCommitted(Lane lane, Runnable wake) {
        wakes.put(lane, wake);
    }

    private static <T> TaskInstance<T> instance(JobKind<T> kind, String id, T payload, Priority priority) {
        return new TaskInstance.Builder<T>(kind.name(), id).data(payload).priority(priority.value()).build();
    }

    private SchedulerClient client(JobKind<?> kind) {
        var client = clients.get(kind.lane());
        if (client == null) {
            throw new IllegalArgumentException(kind.name() + " is no declared job kind");
        }
        return client;
    }

    private void wakeAfterCommit(Lane lane) {
        Runnable wake = () -> wakes.getOrDefault(lane, () -> neighbours.tell(ADDED, lane.table())).run();
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.run();
            }
        });
    }
}
