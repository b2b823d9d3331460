package picup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.CannotStart;
import picup.platform.FileTree;
import picup.platform.database.EarlierPostgres;
import picup.platform.database.PostgresServer;
import picup.platform.database.SchemaMigrations;

/// From a real PostgreSQL 17 to the one of this build.
class UpgradePostgresTest {
    @TempDir
    static Path before;

    @TempDir
    Path folder;

    private Path data;

    @BeforeAll
    static void anInstanceOfTheReleaseBefore() throws IOException {
        assumeThat(System.getProperty("os.arch")).as("the architecture of the older PostgreSQL").isIn("amd64", "x86_64");
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var postgres = EarlierPostgres.start(before)) {
            DumpTables.SCHEMAS.forEach(schema -> new SchemaMigrations(schema).migrate(postgres.source()));
            var sql = JdbcClient.create(postgres.source());
            assertThat(sql.sql("SHOW server_version").query(String.class).single()).startsWith("17.");
            sql.sql("""
                    INSERT INTO member.account (id, username, username_key, display_name, created_at)
                    VALUES ('0193aaaa-0000-7000-8000-000000000001', 'mina', 'mina', E'Mina\\t\\\\N "바다"', now())
                    """).update();
            sql.sql("""
                    INSERT INTO member.session (id, member_id, family_hash, token_hash, created_at, last_seen_at, expires_at, user_agent)
                    SELECT gen_random_uuid(), id, '\\x01', '\\x02', now(), now(), now() + interval '1 day', 'phone' FROM member.account
                    """).update();
            sql.sql("INSERT INTO storage.space (owner_id, used_bytes, quota_bytes) SELECT id, 0, 1000 FROM member.account").update();
            sql.sql("UPDATE storage.decoding SET paused = true").update();
        }
    }

    @BeforeEach
    void copyOfIt() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
        assertThat(new ProcessBuilder("cp", "-a", before.toString(), data.toString()).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void everythingIsThereAfterwardsAndTheOldDataToo() {
        UpgradePostgres.ifNeeded(data);
        UpgradePostgres.ifNeeded(data);

        try (var postgres = PostgresServer.forOperator(data)) {
            var sql = JdbcClient.create(postgres.source());
            assertThat(sql.sql("SHOW server_version").query(String.class).single()).startsWith("18.");
            assertThat(sql.sql("SELECT display_name FROM member.account").query(String.class).list()).containsExactly("Mina\t\\N \"바다\"");
            assertThat(sql.sql("SELECT user_agent FROM member.session").query(String.class).list()).as("nobody has to sign in again").containsExactly("phone");
            assertThat(sql.sql("SELECT paused FROM storage.decoding").query(Boolean.class).list()).containsExactly(true);
            sql.sql("UPDATE storage.space SET quota_bytes = 2000").update();
            assertThat(sql.sql("SELECT count(*), max(id) = count(*) FROM storage.label_due").query((row, _) -> row.getInt(1) + " " + row.getBoolean(2)).single())
                    .as("numbers go on where they were").isEqualTo("2 true");
        }
        assertThat(data.resolve("postgres/data-17/PG_VERSION")).hasContent("17");
        assertThat(data.resolve("postgres/upgrade")).doesNotExist();
    }

    @Test
    void anAttemptThatBrokeOffIsMadeAnew() throws IOException {
        Files.createDirectories(data.resolve("postgres/data-18-upgrading/base"));
        Files.createDirectories(data.resolve("postgres/upgrade/tables"));
        Files.writeString(data.resolve("postgres/upgrade/tables/member.account.copy.gz"), "half");

        UpgradePostgres.ifNeeded(data);

        try (var postgres = PostgresServer.forOperator(data)) {
            assertThat(JdbcClient.create(postgres.source()).sql("SELECT count(*) FROM member.account").query(Long.class).single()).isOne();
        }
    }

    @Test
    void withoutTheOldProgramsNothingIsTouched() throws IOException {
        FileTree.delete(data.resolve("postgres/binaries-17"));

        assertThatThrownBy(() -> UpgradePostgres.ifNeeded(data)).isInstanceOf(CannotStart.class).hasMessageContaining("PostgreSQL 17");

        assertThat(data.resolve("postgres/data-18")).doesNotExist();
        assertThat(data.resolve("postgres/data-17/PG_VERSION")).hasContent("17");
    }
}
