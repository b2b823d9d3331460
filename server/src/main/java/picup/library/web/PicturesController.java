package picup.library.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.EditPicture;
import picup.library.Pictures;
import picup.library.TakenAtText;
import picup.library.Trash;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;

/// Pictures one by one, and all in a row.
@RestController
@RequestMapping("/api/pictures")
class PicturesController {
    /// Null leaves a value as it is; an empty description and a rating of 0 take it away.
    record PictureChanges(
            @Nullable String description, @Nullable Integer rating, @Nullable Boolean favourite, @Nullable Boolean archived,
            @Nullable String takenAt) {}

    private final Pictures pictures;
    private final EditPicture edit;
    private final Trash trash;

    PicturesController(Pictures pictures, EditPicture edit, Trash trash) {
        this.pictures = pictures;
        this.edit = edit;
        this.trash = trash;
    }

    @GetMapping
    PicturePage list(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = pictures.page(member, cursor == null ? null : Cursor.of(cursor), size + 1);
        return PicturePage.of(rows, size, picture -> new Cursor(picture.takenAt(), picture.id()));
    }

    @GetMapping("/{id}")
    PictureJson one(MemberId member, @PathVariable UUID id) {
        return PictureJson.of(pictures.require(member, id));
    }

    @PatchMapping("/{id}")
    PictureJson change(MemberId member, @PathVariable UUID id, @RequestBody PictureChanges changes) {
        edit.run(member, id, new EditPicture.Edit(changes.description(), changes.rating(), changes.favourite(), changes.archived(),
                changes.takenAt() == null ? null : TakenAtText.parse(changes.takenAt())));
        return PictureJson.of(pictures.require(member, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void trash(MemberId member, @PathVariable UUID id) {
        pictures.require(member, id);
        trash.put(member, List.of(id));
    }
}
