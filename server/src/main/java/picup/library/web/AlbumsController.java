package picup.library.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.album.Albums;
import picup.library.album.RankCursor;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// Albums and their pictures.
@RestController
@RequestMapping("/api/albums")
class AlbumsController {
    record NewAlbum(@Nullable String name) {}

    record AlbumMade(UUID id) {}

    /// Null leaves a value as it is; an empty description takes it away.
    record AlbumChanges(@Nullable String name, @Nullable String description) {}

    private final Albums albums;
    private final WholePictures whole;

    AlbumsController(Albums albums, WholePictures whole) {
        this.albums = albums;
        this.whole = whole;
    }

    @GetMapping
    Albums.AlbumPage list(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return albums.list(member, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AlbumMade make(MemberId member, @RequestBody NewAlbum album) {
        if (album.name() == null) {
            throw Problem.BAD_VALUE.because("An album needs a name.");
        }
        return new AlbumMade(albums.make(member, album.name()));
    }

    @GetMapping("/{id}")
    Albums.Album one(MemberId member, @PathVariable UUID id) {
        return albums.require(member, id);
    }

    @PatchMapping("/{id}")
    Albums.Album change(MemberId member, @PathVariable UUID id, @RequestBody AlbumChanges changes) {
        albums.edit(member, id, changes.name(), changes.description());
        return albums.require(member, id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(MemberId member, @PathVariable UUID id) {
        albums.remove(member, id);
    }

    /// In the album's order.
    @GetMapping("/{id}/pictures")
    PicturePage pictures(MemberId member, @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        var contents = albums.pictures(member, id, cursor == null ? null : RankCursor.of(cursor), PageLimit.of(limit));
        return new PicturePage(whole.all(contents.pictures()), contents.next());
    }

    @PostMapping("/{id}/pictures")
    Counted add(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        return new Counted(albums.add(member, id, body.required()));
    }

    @DeleteMapping("/{id}/pictures")
    Counted take(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        return new Counted(albums.take(member, id, body.required()));
    }

    @PutMapping("/{id}/pictures/order")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void order(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        albums.order(member, id, body.required());
    }
}
