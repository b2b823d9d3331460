package picup.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import picup.platform.CannotStart;
import picup.platform.database.PostgresServer;
import picup.platform.database.SchemaMigrations;

/// Puts the rows of a dump into a database that has none: schemas of the version they had, all rows in one transaction, then the migrations
/// that came since. Triggers rest meanwhile, as what they would count is among the rows. Only what the owner of the tables may do is done, so
/// that a PostgreSQL of somebody's own will do.
final class LoadTables {
    private final Connection connection;
    private final CopyManager copying;

    private LoadTables(Connection connection) throws SQLException {
        this.connection = connection;
        this.copying = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /// @param from the folder of the backup
    /// @throws IOException when the dump is damaged, or has other rows than its manifest says; then the database has none
    static void run(PostgresServer database, Path from, Manifest manifest, Progress progress) throws SQLException, IOException {
        progress.step("Making the tables");
        for (var version : manifest.versions().entrySet()) {
            migrate(database, version.getKey(), version.getValue());
        }
        progress.step("Putting the rows back");
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            new LoadTables(connection).load(from, manifest, progress);
            connection.commit();
        }
        progress.step("Bringing the tables up to date");
        for (var schema : manifest.versions().keySet()) {
            new SchemaMigrations(schema).migrate(database.source());
        }
    }

    private static void migrate(PostgresServer database, String schema, String version) {
        if (!DumpTables.SCHEMAS.contains(schema) || !new SchemaMigrations(schema).migrateTo(database.source(), version)) {
            throw new CannotStart("This Picup does not know version %s of the tables of '%s'.".formatted(version, schema),
                    "Restore with the release that made the backup, or a later one.");
        }
    }

    private void load(Path from, Manifest manifest, Progress progress) throws SQLException, IOException {
        execute("TRUNCATE " + String.join(", ", manifest.tables().stream().map(Manifest.Table::name).toList()) + " CASCADE");
        long done = 0;
        for (var table : inOrderOfReferences(manifest.tables())) {
            execute("ALTER TABLE " + table.name() + " DISABLE TRIGGER USER");
            load(from, table);
            execute("ALTER TABLE " + table.name() + " ENABLE TRIGGER USER");
            done += table.rows();
            progress.at(done, manifest.rows());
        }
        for (var sequence : manifest.sequences().entrySet()) {
            execute("SELECT setval('%s', %d)".formatted(sequence.getKey(), sequence.getValue()));
        }
    }

    private void load(Path from, Manifest.Table table) throws IOException {
        var rows = new long[1];
        HashedFile.read(from.resolve(table.file()), table.sha256(), in -> {
            try {
                rows[0] = copying.copyIn("COPY %s (%s) FROM STDIN".formatted(table.name(), String.join(", ", table.columns())), in);
            } catch (SQLException e) {
                throw new IOException("The rows of " + table.name() + " do not fit into their table: " + e.getMessage(), e);
            }
        });
        if (rows[0] != table.rows()) {
            throw new IOException("%s has %,d rows, and the manifest says %,d.".formatted(table.name(), rows[0], table.rows()));
        }
    }

    private void execute(String statement) throws SQLException {
        try (var each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    /// Those that others refer to come first. No two tables of ours refer to each other.
    private List<Manifest.Table> inOrderOfReferences(List<Manifest.Table> tables) throws SQLException {
        var references = references();
        var ordered = new ArrayList<Manifest.Table>();
        var placed = new HashSet<String>();
        var named = new TreeSet<>(tables.stream().map(Manifest.Table::name).toList());
        while (ordered.size() < tables.size()) {
            var ready = tables.stream().filter(table -> !placed.contains(table.name()))
                    .filter(table -> references.getOrDefault(table.name(), Set.of()).stream().allMatch(other -> placed.contains(other) || !named.contains(other)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle");
            }
            ordered.addAll(ready);
            ready.forEach(table -> placed.add(table.name()));
        }
        return ordered;
    }

    private Map<String, Set<String>> references() throws SQLException {
        var references = new HashMap<String, Set<String>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT a.relnamespace::regnamespace || '.' || a.relname, b.relnamespace::regnamespace || '.' || b.relname
                        FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
                        WHERE c.contype = 'f' AND c.conrelid <> c.confrelid
                        """)) {
            while (rows.next()) {
                references.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
            }
        }
        return references;
    }
}
