package picup.library.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.receipt.IssueReceipt;
import picup.library.receipt.ReceiptKey;
import picup.platform.MemberId;
import picup.platform.PageLimit;

/// What of a device is safe here.
@RestController
@RequestMapping("/api/receipts")
class ReceiptsController {
    private final IssueReceipt issue;
    private final ReceiptKey key;

    ReceiptsController(IssueReceipt issue, ReceiptKey key) {
        this.issue = issue;
        this.key = key;
    }

    @GetMapping
    IssueReceipt.ReceiptSources sources(MemberId member) {
        return issue.sources(member);
    }

    /// What receipts are verified with.
    @GetMapping("/key")
    ReceiptKey.PublicPart key() {
        return key.publicPart();
    }

    @GetMapping("/{source}")
    IssueReceipt.ReceiptPage page(MemberId member, @PathVariable String source, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return issue.page(member, source, cursor, PageLimit.of(limit));
    }
}
