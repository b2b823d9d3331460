package picup.library.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.StorageUse;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.RankCursor;

/// What takes the caller's space.
@RestController
@RequestMapping("/api/storage")
class StorageController {
    private final StorageUse use;
    private final WholePictures whole;

    StorageController(StorageUse use, WholePictures whole) {
        this.use = use;
        this.whole = whole;
    }

    @GetMapping
    StorageUse.Use use(MemberId member) {
        return use.of(member);
    }

    /// Files outside of the trash, the largest first; parts of items too.
    @GetMapping("/largest")
    PicturePage largest(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = use.largest(member, cursor == null ? null : RankCursor.of(cursor), size + 1);
        boolean more = rows.size() > size;
        var shown = more ? rows.subList(0, size) : rows;
        return new PicturePage(whole.all(shown), more ? new RankCursor(shown.getLast().sizeBytes(), shown.getLast().id()).text() : null);
    }
}
