package picup.storage;

import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.audit.AuditSettings;
import picup.platform.audit.AuditTrail;

/// The table `storage.audit`.
@Component
public class StorageAudit extends AuditTrail {
    StorageAudit(JdbcClient sql, AuditSettings settings, InstantSource clock) {
        super("storage", sql, settings, clock);
    }
}
