package picup.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picup.platform.database.EmbeddedPostgres;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    /// Of one that was made from nothing a moment before.
    @Test
    void committedRowsSurviveAKillOfTheServer() throws Exception {
        var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets/postgres-password"))).hasSize(2);
        execute(postgres, "CREATE TABLE kept (n int)");
        execute(postgres, "INSERT INTO kept VALUES (42)");
        var process = ProcessHandle.of(postgres.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
        postgres.close();

        try (var again = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            assertThat(single(again, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aKilledServerComesBackWhereItWas() throws Exception {
        PreparedPostgres.copyTo(folder);
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            execute(postgres, "CREATE TABLE kept AS SELECT 42 AS n");
            var killed = ProcessHandle.of(postgres.pid()).orElseThrow();
            killed.destroyForcibly();
            killed.onExit().get();
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                    .until(() -> single(postgres, "SELECT n FROM kept").equals("42"));
        }
    }

    @Test
    void anEmptyPidFileAfterAPowerCutKeepsNobodyOut() throws Exception {
        PreparedPostgres.copyTo(folder);
        EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets")).close();
        Files.writeString(folder.resolve("postgres/data-18/postmaster.pid"), "");
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            assertThat(single(postgres, "SELECT 42")).isEqualTo("42");
        }
    }

    @Test
    void itsLogIsCutBeforeItFillsTheDisk() throws Exception {
        PreparedPostgres.copyTo(folder);
        var log = folder.resolve("postgres/postgres.log");
        Files.writeString(log, "a warning\n".repeat(1_100_000));

        try (var _ = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            assertThat(log).isRegularFile();
            assertThat(Files.size(log)).isLessThan(1_000_000);
            assertThat(folder.resolve("postgres/postgres.log.1")).content().startsWith("a warning");
        }
    }

    @Test
    void aSecondPicupIsKeptOutWithAReason() {
        PreparedPostgres.copyTo(folder);
        try (var _ = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets")))
                    .hasMessageContaining("Another Picup");
        }
    }

    @Test
    void theServerListensOnLoopbackOnlyAndAsksForThePassword() throws Exception {
        PreparedPostgres.copyTo(folder);
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), folder.resolve("secrets"))) {
            assertThat(single(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "wrong"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("password");
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                var answer = connection.createStatement().executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
