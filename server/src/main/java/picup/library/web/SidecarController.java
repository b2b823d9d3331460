package picup.library.web;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Items;
import picup.library.Pictures;
import picup.library.sidecar.RemoveSidecar;
import picup.library.sidecar.Sidecar;
import picup.library.sidecar.Sidecars;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;
import picup.storage.Originals;

/// Sidecars as they came. They hold text of strangers, so they are only ever downloaded.
@RestController
class SidecarController {
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Pictures pictures;
    private final Items items;
    private final Sidecars sidecars;
    private final RemoveSidecar removal;
    private final Originals originals;

    SidecarController(Pictures pictures, Items items, Sidecars sidecars, RemoveSidecar removal, Originals originals) {
        this.pictures = pictures;
        this.items = items;
        this.sidecars = sidecars;
        this.removal = removal;
        this.originals = originals;
    }

    /// @param count how many wait in all
    /// @param next  cursor of the following page; null when this is the last
    record WaitingPage(List<SidecarJson> sidecars, long count, @Nullable String next) {}

    /// Of a picture or one of its parts.
    @GetMapping("/api/pictures/{id}/sidecars/{sidecarId}")
    ResponseEntity<Resource> ofPicture(MemberId member, @PathVariable UUID id, @PathVariable UUID sidecarId) {
        pictures.require(member, id);
        var sidecar = sidecars.require(member, sidecarId);
        boolean itsOwn = id.equals(sidecar.picture()) || items.partsOf(member, List.of(id)).stream().anyMatch(part -> part.id().equals(sidecar.picture()));
        if (!itsOwn) {
            throw Problem.NOT_FOUND.because("The sidecar " + sidecarId + " is none of the picture " + id + ".");
        }
        return download(sidecar);
    }

    /// Those whose picture has not come yet, oldest first.
    @GetMapping("/api/sidecars")
    WaitingPage waiting(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        int size = PageLimit.of(limit);
        var rows = sidecars.waiting(member, cursor == null ? new UUID(0, 0) : Cursor.of(cursor).id(), size + 1);
        boolean more = rows.size() > size;
        var shown = more ? rows.subList(0, size) : rows;
        return new WaitingPage(shown.stream().map(SidecarJson::of).toList(), sidecars.countWaiting(member),
                more ? new Cursor(ANY_TIME, shown.getLast().id()).text() : null);
    }

    @GetMapping("/api/sidecars/{id}")
    ResponseEntity<Resource> one(MemberId member, @PathVariable UUID id) {
        return download(seen(member, id));
    }

    /// Removes a sidecar for good.
    @DeleteMapping("/api/sidecars/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(MemberId member, @PathVariable UUID id) {
        seen(member, id);
        removal.run(member, id);
    }

    private Sidecar seen(MemberId member, UUID id) {
        var sidecar = sidecars.require(member, id);
        if (sidecar.picture() != null) {
            pictures.requireUnlocked(member, sidecar.picture());
        }
        return sidecar;
    }

    private ResponseEntity<Resource> download(Sidecar sidecar) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(sidecar.kind().mediaType()))
                .header("Content-Disposition", ContentDisposition.attachment().filename(sidecar.fileName(), StandardCharsets.UTF_8).build().toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(originals.serve(sidecar.digest(), sidecar.sizeBytes()));
    }
}
