package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.LastBulkAction;
import picup.library.Pictures;
import picup.library.PurgeGuard;
import picup.library.Trash;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// What was thrown away and is still there.
@RestController
class TrashController {
    private final Pictures pictures;
    private final Trash trash;
    private final WholePictures whole;
    private final PurgeGuard guard;
    private final LastBulkAction last;

    /// @param next   cursor of the following page; null when this is the last
    /// @param paused what waits for [#confirm] before it is deleted for good; null when nothing does
    /// @param undo   what [#undo] would take back; null when there is nothing
    record TrashPage(List<PictureJson> pictures, @Nullable String next, PurgeGuard.@Nullable Pause paused, LastBulkAction.@Nullable Undoable undo) {}

    TrashController(Pictures pictures, Trash trash, WholePictures whole, PurgeGuard guard, LastBulkAction last) {
        this.guard = guard;
        this.last = last;
        this.whole = whole;
        this.pictures = pictures;
        this.trash = trash;
    }

    /// Latest trashed first.
    @GetMapping("/api/trash")
    TrashPage list(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = pictures.trash(member, cursor == null ? null : Cursor.of(cursor), size + 1);
        var page = PicturePage.of(whole, rows, size, picture ->
                new Cursor(LocalDateTime.ofInstant(Objects.requireNonNull(picture.trashedAt()), ZoneOffset.UTC), picture.id()));
        return new TrashPage(page.pictures(), page.next(), guard.pause(member).orElse(null), last.undoable(member).orElse(null));
    }

    /// Moves pictures of the library to the trash.
    @PostMapping("/api/trash")
    Counted put(MemberId member, @RequestBody IdsJson body) {
        return new Counted(trash.put(member, body.required()));
    }

    @PostMapping("/api/trash/restore")
    Counted restore(MemberId member, @RequestBody IdsJson body) {
        return new Counted(trash.restore(member, body.required()));
    }

    /// Takes back what was last done to many pictures at once: thrown away, or restored.
    @PostMapping("/api/trash/undo")
    Counted undo(MemberId member) {
        return new Counted(trash.undo(member));
    }

    /// Lets go what waits because it is so much. Not below `/api/trash`, because no API key may answer a question that is put to a person.
    @PostMapping("/api/purge-confirmation")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(MemberId member) {
        guard.confirm(member);
    }

    /// Deletes for good: what the body names, or everything in the trash when there is no body.
    @DeleteMapping("/api/trash")
    Counted deleteForGood(MemberId member, @RequestBody(required = false) @Nullable IdsJson body, HttpServletRequest request) {
        // A client that meant to name some and wrote `null` must not lose all of them.
        if (body == null && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null)) {
            throw Problem.BAD_VALUE.because("The body must be {\"ids\": [...]}. To delete everything in the trash, send no body at all.");
        }
        return new Counted(trash.deleteForGood(member, body == null ? null : body.required()));
    }
}
