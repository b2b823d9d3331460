package picup.storage.scrub;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.platform.audit.AuditAction;
import picup.storage.Health.State;
import picup.storage.StorageAudit;
import picup.storage.scrub.DueOriginals.Due;

/// Says once that an original is damaged, and once that it is not any more: in the log, and in the audit log of those who hold it.
@Component
@InRole(Role.WORKER)
class ReportDamage {
    /// Nobody reads more lines about one file.
    private static final int MOST_OWNERS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(ReportDamage.class);

    private final JdbcClient sql;
    private final StorageAudit audit;

    ReportDamage(JdbcClient sql, StorageAudit audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /// In the transaction that writes it down.
    ///
    /// @param found before anything was healed
    void run(Due original, State found, State state, @Nullable State copy) {
        if (found != State.SOUND && state == State.SOUND) {
            LOG.warn("The original {} was {} and has been healed from the second store. A disk that does this again is to be replaced", original.digest(), found.text());
            owners(original).forEach(owner -> audit.record(AuditAction.ORIGINAL_HEALED, null, owner, found.text() + " " + original.digest()));
        } else if (state != original.before()) {
            LOG.atLevel(state == State.SOUND ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.ERROR)
                    .log("The original {} was {} and is {}", original.digest(), original.before().text(), state.text());
            var action = state == State.SOUND ? AuditAction.ORIGINAL_HEALED : AuditAction.ORIGINAL_DAMAGED;
            owners(original).forEach(owner -> audit.record(action, null, owner, state.text() + " " + original.digest()));
        } else if (original.before() == State.SOUND && copy == State.SOUND && original.copyBefore() == State.ALTERED) {
            LOG.warn("The copy of {} was altered and has been made again", original.digest());
        }
    }

    private List<MemberId> owners(Due original) {
        return sql.sql("SELECT owner_id FROM storage.original WHERE digest = :digest ORDER BY owner_id LIMIT :most")
                .param("digest", original.digest().bytes()).param("most", MOST_OWNERS)
                .query((row, _) -> new MemberId(row.getObject(1, UUID.class))).list();
    }
}
