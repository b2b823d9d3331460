package picup.platform.jobs;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.Role;
import picup.platform.news.Neighbours;
import tools.jackson.databind.json.JsonMapper;

/// The machinery of jobs over any database, put together without Spring's context.
public final class JobsByHand {
    public final JsonMapper json = new JsonMapper();
    public final JdbcClient sql;
    public final TransactionTemplate transaction;
    public final Jobs jobs;
    public final DeadLetters deadLetters;
    private final DataSource database;
    private final List<JobKind<?>> kinds;

    public JobsByHand(DataSource database, List<JobKind<?>> kinds) {
        this.database = database;
        this.kinds = kinds;
        sql = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        deadLetters = new DeadLetters(sql, InstantSource.system());
        jobs = new Jobs(database, sql, json, InstantSource.system(), Neighbours.none(), kinds);
    }

    /// Runs the jobs of these kinds until it is closed.
    public Running run(List<JobHandler<?>> handlers) {
        var runner = new JobRunner(database, json, jobs, deadLetters, new JobCounts(), Set.of(Role.values()), kinds, handlers);
        runner.start();
        return runner::stop;
    }

    @FunctionalInterface
    public interface Running extends AutoCloseable {
        @Override
        void close();
    }
}
