package picup.member;

import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.audit.AuditSettings;
import picup.platform.audit.AuditTrail;

/// The table `member.audit`.
@Component
public class MemberAudit extends AuditTrail {
    MemberAudit(JdbcClient database, AuditSettings settings, InstantSource clock) {
        super("member", database, settings, clock);
    }
}
