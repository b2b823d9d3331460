package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Pictures;
import picup.library.Trash;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// What was thrown away and is still there.
@RestController
@RequestMapping("/api/trash")
class TrashController {
    private final Pictures pictures;
    private final Trash trash;
    private final WholePictures whole;

    TrashController(Pictures pictures, Trash trash, WholePictures whole) {
        this.whole = whole;
        this.pictures = pictures;
        this.trash = trash;
    }

    /// Latest trashed first.
    @GetMapping
    PicturePage list(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = pictures.trash(member, cursor == null ? null : Cursor.of(cursor), size + 1);
        return PicturePage.of(whole, rows, size, picture ->
                new Cursor(LocalDateTime.ofInstant(Objects.requireNonNull(picture.trashedAt()), ZoneOffset.UTC), picture.id()));
    }

    /// Moves pictures of the library to the trash.
    @PostMapping
    Counted put(MemberId member, @RequestBody IdsJson body) {
        return new Counted(trash.put(member, body.required()));
    }

    @PostMapping("/restore")
    Counted restore(MemberId member, @RequestBody IdsJson body) {
        return new Counted(trash.restore(member, body.required()));
    }

    /// Deletes for good: what the body names, or everything in the trash when there is no body.
    @DeleteMapping
    Counted deleteForGood(MemberId member, @RequestBody(required = false) @Nullable IdsJson body, HttpServletRequest request) {
        // A client that meant to name some and wrote `null` must not lose all of them.
        if (body == null && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null)) {
            throw Problem.BAD_VALUE.because("The body must be {\"ids\": [...]}. To delete everything in the trash, send no body at all.");
        }
        return new Counted(trash.deleteForGood(member, body == null ? null : body.required()));
    }
}
