package picup.library.web;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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
import picup.library.album.Album;
import picup.library.album.AlbumNesting;
import picup.library.album.AlbumPictures;
import picup.library.album.AlbumRoute;
import picup.library.album.Albums;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// Albums and their pictures; the texts between those are answered by [AlbumTextsController].
@RestController
@RequestMapping("/api/albums")
class AlbumsController {
    /// @param parentId the album it lies in; null for none
    record NewAlbum(@Nullable String name, @Nullable UUID parentId) {}

    record AlbumMade(UUID id) {}

    /// Null leaves a value as it is; an empty description takes it away.
    record AlbumChanges(@Nullable String name, @Nullable String description, @Nullable String ordering, @Nullable String display) {}

    /// @param pictureId null for the first of the album
    record AlbumCover(@Nullable UUID pictureId) {}

    /// @param parentId null for none
    record AlbumParent(@Nullable UUID parentId) {}

    /// What is moved, and to where: behind `after` or, where that is missing, before `before`.
    record AlbumMove(@Nullable List<UUID> ids, @Nullable UUID after, @Nullable UUID before) {}

    /// @param after the picture before it; null for the first
    record AlbumPlace(PictureJson picture, @Nullable UUID after) {}

    record AlbumPlaces(List<AlbumPlace> places) {}

    /// Beyond that, pages are cheaper.
    private static final int MOST_PLACES = 500;

    /// In the order of time.
    record AlbumStops(List<AlbumRoute.Stop> stops) {}

    private final Albums albums;
    private final AlbumPictures pictures;
    private final AlbumNesting nesting;
    private final AlbumRoute route;
    private final WholePictures whole;

    AlbumsController(Albums albums, AlbumPictures pictures, AlbumNesting nesting, AlbumRoute route, WholePictures whole) {
        this.albums = albums;
        this.pictures = pictures;
        this.nesting = nesting;
        this.route = route;
        this.whole = whole;
    }

    /// Latest made first.
    ///
    /// @param outermost only those that lie in no other
    @GetMapping
    Albums.AlbumPage list(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "false") boolean outermost) {
        var after = cursor == null ? null : Cursor.of(cursor);
        return outermost ? albums.outermost(member, after, PageLimit.of(limit)) : albums.list(member, after, PageLimit.of(limit));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AlbumMade make(MemberId member, @RequestBody NewAlbum album) {
        if (album.name() == null) {
            throw Problem.BAD_VALUE.because("An album needs a name.");
        }
        return new AlbumMade(albums.make(member, album.name(), album.parentId()));
    }

    /// Those that were deleted and can still be brought back, the latest first.
    @GetMapping("/deleted")
    Albums.DeletedPage deleted(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return albums.deleted(member, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }

    @GetMapping("/{id}")
    Album one(MemberId member, @PathVariable UUID id) {
        return albums.require(member, id);
    }

    @PatchMapping("/{id}")
    Album change(MemberId member, @PathVariable UUID id, @RequestBody AlbumChanges changes) {
        albums.edit(member, id, new Albums.Changes(changes.name(), changes.description(), changes.ordering(), changes.display()));
        return albums.require(member, id);
    }

    @PutMapping("/{id}/cover")
    Album cover(MemberId member, @PathVariable UUID id, @RequestBody AlbumCover cover) {
        albums.cover(member, id, cover.pictureId());
        return albums.require(member, id);
    }

    @PutMapping("/{id}/parent")
    Album nest(MemberId member, @PathVariable UUID id, @RequestBody AlbumParent parent) {
        nesting.put(member, id, parent.parentId());
        return albums.require(member, id);
    }

    /// The albums in it, latest made first.
    @GetMapping("/{id}/albums")
    Albums.AlbumPage within(MemberId member, @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        return albums.within(member, id, cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(MemberId member, @PathVariable UUID id) {
        albums.delete(member, id);
    }

    /// Brings a deleted album back, for thirty days.
    @PostMapping("/{id}/restore")
    Album restore(MemberId member, @PathVariable UUID id) {
        albums.restore(member, id);
        return albums.require(member, id);
    }

    /// In the album's order.
    @GetMapping("/{id}/pictures")
    PicturePage pictures(MemberId member, @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        var contents = pictures.page(member, id, cursor, PageLimit.of(limit));
        return new PicturePage(whole.all(contents.pictures()), contents.next());
    }

    /// Where these are, in the album's order; those that it does not show are left out.
    @PostMapping("/{id}/pictures/places")
    AlbumPlaces places(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        var ids = body.required();
        if (ids.size() > MOST_PLACES) {
            throw Problem.BAD_VALUE.because("At most %d places at once, but these are %,d. Load the album's pages.".formatted(MOST_PLACES, ids.size()));
        }
        var found = pictures.places(member, id, ids);
        var all = whole.all(found.stream().map(AlbumPictures.Place::picture).toList());
        return new AlbumPlaces(IntStream.range(0, found.size()).mapToObj(at -> new AlbumPlace(all.get(at), found.get(at).after())).toList());
    }

    @PostMapping("/{id}/pictures")
    Counted add(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        return new Counted(pictures.add(member, id, body.required()));
    }

    @DeleteMapping("/{id}/pictures")
    Counted take(MemberId member, @PathVariable UUID id, @RequestBody IdsJson body) {
        return new Counted(pictures.take(member, id, body.required()));
    }

    /// Puts pictures, and texts, next to another of the order by hand.
    @PostMapping("/{id}/pictures/move")
    Counted move(MemberId member, @PathVariable UUID id, @RequestBody AlbumMove move) {
        return new Counted(pictures.move(member, id, new IdsJson(move.ids()).required(), move.after(), move.before()));
    }

    /// Where its pictures were taken.
    @GetMapping("/{id}/route")
    AlbumStops route(MemberId member, @PathVariable UUID id) {
        return new AlbumStops(route.stops(member, id));
    }
}
