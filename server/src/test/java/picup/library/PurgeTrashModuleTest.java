package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.member.RunningPicup;
import picup.platform.Ids;
import picup.platform.MemberId;

class PurgeTrashModuleTest extends RunningPicup {
    @Autowired
    private Trash trash;

    private final MemberId owner = MemberId.random();

    private UUID trashed(Duration ago) {
        var id = Ids.next();
        database.sql("""
                INSERT INTO storage.picture (owner_id, id, digest, kind, file_name, size_bytes, state, taken_at, taken_at_source, added_at, trashed_at)
                VALUES (?, ?, sha256(convert_to(?, 'UTF8')), 'jpeg', 'a.jpg', 1, 'ready', now(), 'upload', now(), ?)
                """)
                .params(owner.value(), id, id.toString(), OffsetDateTime.ofInstant(clock.instant().minus(ago), ZoneOffset.UTC)).update();
        return id;
    }

    /// The purge has listed it, and before it comes to it the member restores it and throws it away again.
    @Test
    void whatIsThrownAwayAgainMeanwhileHasItsThirtyDays() {
        var expired = trashed(Trash.KEPT.plusDays(1));
        var again = trashed(Trash.KEPT.plusDays(1));
        assertThat(trash.expired(10, List.of())).extracting(Trash.Expired::picture).contains(expired, again);

        trash.restore(owner, List.of(again));
        trash.put(owner, List.of(again));

        assertThat(trash.deleteExpired(owner, List.of(expired, again))).isEqualTo(1);
        assertThat(database.sql("SELECT id FROM storage.picture WHERE owner_id = ?").param(owner.value()).query(UUID.class).list()).containsExactly(again);
    }
}
