package picup.platform.database;

/// A schema whose Flyway migrations lie in `db/<name>`. The module that owns the schema declares the bean.
///
/// @param name of the schema, and of the folder
public record SchemaMigrations(String name) {}
