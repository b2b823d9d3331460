package picup.member.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.member.MemberAudit;
import picup.member.RecentActivity;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.audit.AuditPage;

/// What was done to accounts: to administrators all of it, to members what concerns them.
@RestController
class AuditController {
    private final MemberAudit audit;
    private final RecentActivity recentActivity;

    AuditController(MemberAudit audit, RecentActivity recentActivity) {
        this.audit = audit;
        this.recentActivity = recentActivity;
    }

    @GetMapping("/api/admin/audit")
    AuditPage all(@RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return audit.page(null, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }

    @GetMapping("/api/members/me/activity")
    RecentActivity.Page mine(MemberId member, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return recentActivity.of(member, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }
}
