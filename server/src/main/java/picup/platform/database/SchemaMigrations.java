package picup.platform.database;

import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// A schema whose Flyway migrations lie in `db/<name>`. The module that owns the schema declares the bean.
///
/// @param name of the schema, and of the folder
public record SchemaMigrations(String name) {
    public void migrate(DataSource database) {
        flyway(database).load().migrate();
    }

    /// As far as a dump of that version had come.
    ///
    /// @return false when there is no such version here; then nothing was done
    public boolean migrateTo(DataSource database, String version) {
        var target = MigrationVersion.fromVersion(version);
        boolean known = Arrays.stream(flyway(database).load().info().all()).map(each -> each.getVersion()).filter(Objects::nonNull).anyMatch(target::equals);
        if (known) {
            flyway(database).target(target).load().migrate();
        }
        return known;
    }

    private FluentConfiguration flyway(DataSource database) {
        return Flyway.configure().dataSource(database).schemas(name).locations("classpath:db/" + name).validateMigrationNaming(true);
    }
}
