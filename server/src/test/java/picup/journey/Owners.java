package picup.journey;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Looks for the rows of an owner in every table of the storage side, without knowing the tables.
record Owners(JdbcClient sql) {
    /// Table → rows, of those that have any.
    Map<String, Long> rowsOf(UUID owner) {
        var rows = new TreeMap<String, Long>();
        for (var table : tables()) {
            long count = sql.sql("SELECT count(*) FROM storage." + table + " WHERE owner_id = ?").param(owner).query(Long.class).single();
            if (count > 0) {
                rows.put(table, count);
            }
        }
        return rows;
    }

    /// Everything that is stored of the owner, as text, to see whether it changes.
    String contentsOf(UUID owner) {
        var contents = new StringBuilder();
        for (var table : tables()) {
            contents.append(sql.sql("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM storage." + table + " t WHERE owner_id = ?")
                    .param(owner).query(String.class).single());
        }
        return contents.toString();
    }

    private List<String> tables() {
        return sql.sql("""
                SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = 'storage' AND c.column_name = 'owner_id' AND t.table_type = 'BASE TABLE' ORDER BY 1
                """).query(String.class).list();
    }
}
