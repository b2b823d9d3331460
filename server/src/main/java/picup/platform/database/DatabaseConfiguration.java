package picup.platform.database;

import com.zaxxer.hikari.HikariConfig;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.PicupSettings;
import picup.platform.Role;

/// The one PostgreSQL of this process, migrated before anybody gets a connection.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /// Started by the program before the context (it takes as long as Spring's own start), or here when nobody did.
    @Bean(destroyMethod = "close")
    PostgresServer postgresServer(PicupSettings picup, DatabaseSettings settings) {
        if (settings.url() != null) {
            return PostgresServer.external(settings);
        }
        requireCommon(picup);
        return PostgresServer.embedded(picup.data());
    }

    /// The storage adds the jobs that the workers run, so a PostgreSQL of one's own would be of no use to either.
    private static void requireCommon(PicupSettings picup) {
        if (picup.has(Role.STORAGE) != picup.has(Role.WORKER)) {
            throw new IllegalStateException("This process is only one of storage and worker (picup.roles), which share a database and the data folder. "
                    + "Set picup.database.url to the same PostgreSQL in both.");
        }
    }

    @Bean(destroyMethod = "close")
    DataSource dataSource(PostgresServer server, DatabaseSettings settings, List<SchemaMigrations> schemas) {
        var config = new HikariConfig();
        config.setPoolName("picup");
        config.setJdbcUrl(server.jdbcUrl());
        config.setUsername(server.username());
        config.setPassword(server.password());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "picup");
        config.addDataSourceProperty("prepareThreshold", "3");
        return new MigratedPool(config, schemas);
    }

    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }
}
