package picup.storage.web;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.WorkDesk;
import picup.platform.web.WorkController;
import picup.storage.StorageAudit;
import tools.jackson.databind.json.JsonMapper;

/// The work of the schema `storage`: renditions, removals, sweeps.
@RestController
@RequestMapping("/api/admin/jobs")
class AdminJobsController extends WorkController {
    AdminJobsController(StorageAudit audit, JdbcClient sql, Jobs jobs, JsonMapper json, TransactionTemplate transaction, List<JobKind<?>> kinds) {
        super(new WorkDesk("storage", audit, sql, jobs, json, transaction, kinds));
    }
}
