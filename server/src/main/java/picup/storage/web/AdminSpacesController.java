package picup.storage.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;
import picup.platform.audit.AuditPage;
import picup.storage.ManageSpaces;
import picup.storage.StorageAudit;

/// How much room members have. Who may come here is decided at the door: `AdministratorsOnly`.
@RestController
class AdminSpacesController {
    private static final int MOST_IDS = 200;

    private final ManageSpaces spaces;
    private final StorageAudit audit;

    AdminSpacesController(ManageSpaces spaces, StorageAudit audit) {
        this.spaces = spaces;
        this.audit = audit;
    }

    record Quota(@Nullable Long quotaBytes) {}

    /// @param ids the spaces of these members and no page
    @GetMapping("/api/admin/spaces")
    ManageSpaces.SpacePage list(@RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable List<UUID> ids) {
        if (ids != null && ids.size() > MOST_IDS) {
            throw Problem.BAD_VALUE.because("ids may be %d at most, but are %d.".formatted(MOST_IDS, ids.size()));
        }
        return ids == null ? spaces.page(cursor, PageLimit.of(limit)) : spaces.of(ids);
    }

    @PutMapping("/api/admin/spaces/{id}")
    ManageSpaces.MemberSpace setQuota(MemberId actor, @PathVariable UUID id, @RequestBody Quota quota) {
        if (quota.quotaBytes() == null) {
            throw Problem.BAD_VALUE.because("\"quotaBytes\" is missing.");
        }
        return spaces.setQuota(actor, new MemberId(id), quota.quotaBytes());
    }

    /// What administrators did on this side.
    @GetMapping("/api/admin/storage/audit")
    AuditPage audit(@RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return audit.page(null, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }
}
