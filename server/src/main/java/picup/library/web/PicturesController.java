package picup.library.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.EditPicture;
import picup.library.MarkPictures;
import picup.library.Pictures;
import picup.library.TakenAtText;
import picup.library.Trash;
import picup.library.item.RearrangeItem;
import picup.platform.BadValue;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;
import picup.storage.Digest;
import picup.storage.HealthRecords;

/// Pictures one by one, and all in a row.
@RestController
@RequestMapping("/api/pictures")
class PicturesController {
    /// Null leaves a value as it is; an empty description, a rating of 0 and an empty list take it away.
    ///
    /// @param tags       all of them; a hierarchy has `|` between its levels
    /// @param clearPlace takes the place away
    record PictureChanges(
            @Nullable String description, @Nullable Integer rating, @Nullable Boolean favourite, @Nullable Boolean archived,
            @Nullable String takenAt, @Nullable List<String> tags, @Nullable Where place, @Nullable Boolean clearPlace) {
        EditPicture.@Nullable Where where() {
            if (Boolean.TRUE.equals(clearPlace)) {
                return EditPicture.Where.NOWHERE;
            }
            if (place != null && (place.latitude() == null || place.longitude() == null)) {
                throw Problem.BAD_VALUE.because("A place has a latitude and a longitude. To take it away, send \"clearPlace\": true.");
            }
            return place == null ? null : new EditPicture.Where(place.latitude(), place.longitude());
        }
    }

    /// Degrees, north and east positive.
    record Where(@Nullable Double latitude, @Nullable Double longitude) {}

    /// Null leaves a mark as it is.
    record Marks(@Nullable List<UUID> ids, @Nullable Boolean favourite, @Nullable Boolean archived) {}

    private final Pictures pictures;
    private final EditPicture edit;
    private final MarkPictures mark;
    private final Trash trash;
    private final RearrangeItem rearrange;
    private final WholePictures whole;
    private final HealthRecords health;

    PicturesController(Pictures pictures, EditPicture edit, MarkPictures mark, Trash trash, RearrangeItem rearrange, WholePictures whole, HealthRecords health) {
        this.health = health;
        this.rearrange = rearrange;
        this.whole = whole;
        this.pictures = pictures;
        this.edit = edit;
        this.mark = mark;
        this.trash = trash;
    }

    /// Newest first.
    ///
    /// @param shelf `all`, `favourites` or `archived`; all when left out
    @GetMapping
    PicturePage list(MemberId member, @RequestParam(required = false) @Nullable String shelf, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = pictures.page(member, shelf(shelf), cursor == null ? null : Cursor.of(cursor), size + 1);
        return PicturePage.of(whole, rows, size, picture -> new Cursor(picture.takenAt(), picture.id()));
    }

    private static Pictures.Shelf shelf(@Nullable String name) {
        return switch (name) {
            case null -> Pictures.Shelf.ALL;
            case "all" -> Pictures.Shelf.ALL;
            case "favourites" -> Pictures.Shelf.FAVOURITES;
            case "archived" -> Pictures.Shelf.ARCHIVED;
            default -> throw Problem.BAD_VALUE.because("A shelf is \"all\", \"favourites\" or \"archived\".");
        };
    }

    /// Marks many at once, as a whole.
    @PatchMapping
    Counted mark(MemberId member, @RequestBody Marks marks) {
        return new Counted(mark.run(member, new IdsJson(marks.ids()).required(), marks.favourite(), marks.archived()));
    }

    /// Those whose bytes are missing or altered, in the trash or not. Sending the same file again heals one. A page may have fewer than `limit`.
    @GetMapping("/damaged")
    PicturePage damaged(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var digests = health.damagedOf(member, cursor == null ? null : place(cursor), size + 1);
        boolean more = digests.size() > size;
        var shown = more ? digests.subList(0, size) : digests;
        return new PicturePage(whole.all(pictures.of(member, shown)), more ? shown.getLast().hex() : null);
    }

    private static Digest place(String cursor) {
        try {
            return Digest.ofHex(cursor);
        } catch (BadValue e) {
            throw Problem.BAD_CURSOR.because("Take the cursor from the field `next` of the previous answer, or leave it out to begin.");
        }
    }

    @GetMapping("/{id}")
    PictureJson one(MemberId member, @PathVariable UUID id) {
        return whole.one(pictures.require(member, id));
    }

    @PatchMapping("/{id}")
    PictureJson change(MemberId member, @PathVariable UUID id, @RequestBody PictureChanges changes) {
        edit.run(member, id, new EditPicture.Edit(changes.description(), changes.rating(), changes.favourite(), changes.archived(),
                changes.takenAt() == null ? null : TakenAtText.parse(changes.takenAt()), changes.tags(), changes.where()));
        return whole.one(pictures.require(member, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void trash(MemberId member, @PathVariable UUID id) {
        pictures.require(member, id);
        trash.put(member, List.of(id));
    }

    /// Makes another picture of a burst the one that stands for it.
    @PostMapping("/{id}/cover")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void makeCover(MemberId member, @PathVariable UUID id) {
        rearrange.makeCover(member, id);
    }

    /// Takes a part out of its item: from then on it stands alone.
    @PostMapping("/{id}/split")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void split(MemberId member, @PathVariable UUID id) {
        rearrange.split(member, id);
    }
}
