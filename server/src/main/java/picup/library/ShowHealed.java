package picup.library;

import java.util.Locale;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.media.RequestRenditions;
import picup.platform.MemberId;
import picup.storage.OriginalHealed;

/// A picture whose original was damaged when it was to be shown could not be. Now that the bytes are good again, it is tried again.
@Component
class ShowHealed {
    private final RequestRenditions renditions;
    private final JdbcClient sql;

    ShowHealed(RequestRenditions renditions, JdbcClient sql) {
        this.renditions = renditions;
        this.sql = sql;
    }

    private record Failed(MemberId owner, FileKind kind) {}

    @EventListener
    void on(OriginalHealed healed) {
        var failed = sql.sql("""
                SELECT o.owner_id, p.kind FROM storage.original o JOIN storage.picture p USING (owner_id, digest)
                WHERE o.digest = :digest AND p.state = 'failed'
                """)
                .param("digest", healed.digest().bytes())
                .query((row, _) -> new Failed(new MemberId(row.getObject(1, UUID.class)), FileKind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)))).list();
        failed.forEach(each -> renditions.again(each.owner(), healed.digest(), each.kind()));
    }
}
