package picup.member.web;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.MemberAudit;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.WorkDesk;
import picup.platform.web.WorkController;
import tools.jackson.databind.json.JsonMapper;

/// The work of the schema `member`: news on its way.
@RestController
@RequestMapping("/api/admin/events")
class AdminEventsController extends WorkController {
    AdminEventsController(MemberAudit audit, JdbcClient database, Jobs jobs, JsonMapper json, TransactionTemplate transaction, List<JobKind<?>> kinds) {
        super(new WorkDesk("member", audit, database, jobs, json, transaction, kinds));
    }
}
