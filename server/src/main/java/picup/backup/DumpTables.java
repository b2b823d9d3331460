package picup.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// All rows of Picup's schemas as PostgreSQL's own text, from one snapshot (one transaction, REPEATABLE READ), while everybody goes on writing.
/// It takes as long as the rows take to read, and no longer: the originals are copied afterwards.
final class DumpTables {
    static final List<String> SCHEMAS = List.of("member", "storage");

    /// What is not backed up, although its tables are made. Sessions: one that was ended after the backup must not live again, so everybody signs
    /// in once more. Handshakes and parts of uploads have no meaning elsewhere. Backups are told by their own folder.
    private static final Set<String> WITHOUT_ROWS = Set.of("member.session", "member.handshake", "storage.backup", "storage.backup_job", "storage.label_due", "storage.upload");

    private final Connection connection;
    private final CopyManager copying;

    private DumpTables(Connection connection) throws SQLException {
        this.connection = connection;
        this.copying = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    record Dump(Map<String, String> versions, List<Manifest.Table> tables, Map<String, Long> sequences, Manifest.Originals originals) {}

    /// @param connection of its own, which is closed by the caller
    /// @param to         the folder of the backup
    /// @param everything also what a backup leaves out: for a move of the same instance
    static Dump run(Connection connection, Path to, boolean everything, Progress progress) throws SQLException, IOException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        var dump = new DumpTables(connection).dump(to, everything, progress);
        connection.rollback();
        return dump;
    }

    private Dump dump(Path to, boolean everything, Progress progress) throws SQLException, IOException {
        progress.step("Reading the database");
        var folder = Files.createDirectories(to.resolve("tables"));
        var tables = new ArrayList<Manifest.Table>();
        for (var name : strings("""
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_type = 'BASE TABLE' AND table_schema IN ('member', 'storage') AND table_name <> 'flyway_schema_history' ORDER BY 1
                """)) {
            if (everything || !WITHOUT_ROWS.contains(name)) {
                tables.add(table(folder, name));
            }
        }
        return new Dump(versions(), tables, sequences(), originals(to));
    }

    private Manifest.Table table(Path folder, String name) throws SQLException, IOException {
        var columns = strings("""
                SELECT column_name FROM information_schema.columns
                WHERE table_schema || '.' || table_name = '%s' AND is_generated = 'NEVER' ORDER BY ordinal_position
                """.formatted(name));
        var file = name + ".copy.gz";
        var rows = new long[1];
        var sha256 = HashedFile.write(folder.resolve(file), out -> rows[0] = copy("COPY %s (%s) TO STDOUT".formatted(name, String.join(", ", columns)), out));
        return new Manifest.Table(name, columns, rows[0], "tables/" + file, sha256);
    }

    private long copy(String statement, java.io.OutputStream out) throws IOException {
        try {
            return copying.copyOut(statement, out);
        } catch (SQLException e) {
            throw new IOException(statement + " failed", e);
        }
    }

    /// The last migration of each schema there is.
    private Map<String, String> versions() throws SQLException {
        var versions = new TreeMap<String, String>();
        for (var schema : SCHEMAS) {
            if (!strings("SELECT '' FROM information_schema.tables WHERE table_schema = '" + schema + "' AND table_name = 'flyway_schema_history'").isEmpty()) {
                strings("SELECT version FROM " + schema + ".flyway_schema_history WHERE success AND version IS NOT NULL").stream()
                        .map(MigrationVersion::fromVersion).max(MigrationVersion::compareTo).ifPresent(last -> versions.put(schema, last.getVersion()));
            }
        }
        return versions;
    }

    private Map<String, Long> sequences() throws SQLException {
        var sequences = new TreeMap<String, Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences
                        WHERE schemaname IN ('member', 'storage') AND last_value IS NOT NULL
                        """)) {
            while (rows.next()) {
                sequences.put(rows.getString(1), rows.getLong(2));
            }
        }
        return sequences;
    }

    /// Of the same snapshot, so that no row refers to an original that is not in the list.
    private Manifest.Originals originals(Path to) throws SQLException, IOException {
        if (strings("SELECT '' FROM information_schema.tables WHERE table_schema = 'storage' AND table_name = 'original'").isEmpty()) {
            return Manifest.Originals.NONE;
        }
        var file = Manifest.Originals.FILE;
        var sha256 = HashedFile.write(to.resolve(file), out -> copy(
                "COPY (SELECT encode(digest, 'hex'), max(size_bytes) FROM storage.original GROUP BY digest ORDER BY digest) TO STDOUT", out));
        try (var statement = connection.createStatement();
                var sum = statement.executeQuery("SELECT count(*), coalesce(sum(size), 0) FROM (SELECT max(size_bytes) AS size FROM storage.original GROUP BY digest) AS each")) {
            sum.next();
            return new Manifest.Originals(sum.getLong(1), sum.getLong(2), file, sha256);
        }
    }

    private List<String> strings(String query) throws SQLException {
        var strings = new ArrayList<String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
