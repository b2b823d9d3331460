package picup.media;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one row of `storage.decoding`.
@Component
class DecodingOrders {
    private final JdbcClient sql;

    DecodingOrders(JdbcClient sql) {
        this.sql = sql;
    }

    DecodingOrder current() {
        return sql.sql("SELECT paused, decoders, memory_bytes FROM storage.decoding")
                .query((row, _) -> new DecodingOrder(row.getBoolean(1), row.getObject(2, Integer.class), row.getObject(3, Long.class))).single();
    }

    void change(DecodingOrder order) {
        sql.sql("UPDATE storage.decoding SET paused = :paused, decoders = :decoders, memory_bytes = :memoryBytes")
                .param("paused", order.paused()).param("decoders", order.decoders()).param("memoryBytes", order.memoryBytes()).update();
    }

    /// The version up to which all renditions have been made again, see [RemakeRenditions].
    int remadeVersion() {
        return sql.sql("SELECT remade_version FROM storage.decoding").query(Integer.class).single();
    }

    void remade(int version) {
        sql.sql("UPDATE storage.decoding SET remade_version = :version").param("version", version).update();
    }
}
