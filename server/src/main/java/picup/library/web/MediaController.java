package picup.library.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Picture;
import picup.library.Pictures;
import picup.library.edit.RequestEdit;
import picup.media.EditedRenditions;
import picup.media.Renditions;
import picup.media.RequestRenditions;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.jobs.Priority;
import picup.storage.Originals;

/// The bytes: originals as they came, and what was made of them. Ranges work, so videos seek.
///
/// Whatever a stranger put into a file must not run with the rights of this site: the type is the one that Picup found,
/// never to be guessed anew, and a page made of it is sandboxed.
@RestController
@RequestMapping("/api/pictures/{id}")
class MediaController {
    /// Bytes under an address with a version never change; private, because a shared cache does not know whose they are.
    private static final CacheControl FOREVER = CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();
    private static final Set<String> EDITED = Set.of("thumb", "preview", "full");
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();
    /// Of what is locked nothing stays in a browser.
    private static final CacheControl NEVER = CacheControl.noStore().cachePrivate();

    private final Pictures pictures;
    private final Originals originals;
    private final Renditions renditions;
    private final RequestRenditions rendering;
    private final EditedRenditions editedRenditions;
    private final RequestEdit editing;

    MediaController(Pictures pictures, Originals originals, Renditions renditions, RequestRenditions rendering, EditedRenditions editedRenditions,
            RequestEdit editing) {
        this.editedRenditions = editedRenditions;
        this.editing = editing;
        this.pictures = pictures;
        this.originals = originals;
        this.renditions = renditions;
        this.rendering = rendering;
    }

    @GetMapping("/original")
    ResponseEntity<Resource> original(MemberId member, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean download) {
        var picture = pictures.require(member, id);
        var disposition = (download ? ContentDisposition.attachment() : ContentDisposition.inline())
                .filename(picture.fileName(), StandardCharsets.UTF_8).build();
        return answer(originals.serve(picture.digest(), picture.sizeBytes()), picture.kind().mediaType(), picture.digest().hex(), picture.locked() ? NEVER : FOREVER, disposition);
    }

    /// Of what is shown: `thumb`, `preview` and `full` are edited where the picture is.
    ///
    /// @param name     `thumb`, `preview`, `full`, `hover`, `motion` or `video`
    /// @param v        the picture's version, for caches
    /// @param unedited those of the original, whatever is shown
    /// @param download as a file with a name
    @GetMapping("/renditions/{name}")
    ResponseEntity<Resource> rendition(MemberId member, @PathVariable UUID id, @PathVariable String name, @RequestParam(required = false) Integer v,
            @RequestParam(defaultValue = "false") boolean unedited, @RequestParam(defaultValue = "false") boolean download) {
        var picture = pictures.require(member, id);
        var caching = picture.locked() ? NEVER : v == null ? ASK_AGAIN : FOREVER;
        var shown = picture.edit().shown();
        if (shown != null && !unedited && EDITED.contains(name)) {
            var edited = edited(picture, shown, name);
            return answer(new FileSystemResource(edited.file()), edited.mediaType(), tag(picture, name), caching, disposition(picture, edited.mediaType(), download));
        }
        var inline = ContentDisposition.inline().build();
        if (originalServes(picture, name)) {
            return answer(originals.serve(picture.digest(), picture.sizeBytes()), picture.kind().mediaType(), picture.digest().hex(), caching, inline);
        }
        var made = renditions.find(picture.digest(), name, picture.renditions());
        if (made.isEmpty() && name.equals("full")) {
            made = renditions.find(picture.digest(), "preview", picture.renditions()); // which has all pixels of small ones
        }
        if (made.isEmpty()) {
            makeAgain(picture, name);
            throw Problem.NOT_FOUND.because("There is no rendition " + name + " of this picture, or not yet.");
        }
        return answer(new FileSystemResource(made.get().file()), made.get().mediaType(), tag(picture, unedited ? name + "-unedited" : name), caching, inline);
    }

    /// One that is gone is made again, as those of originals are.
    private Renditions.Rendition edited(Picture picture, int shown, String name) {
        return editedRenditions.find(picture.owner(), picture.id(), shown, name, picture.edit().renditions())
                // Which has all pixels of small ones.
                .or(() -> name.equals("full") && picture.edit().renditions().stream().noneMatch(file -> file.startsWith("full."))
                        ? editedRenditions.find(picture.owner(), picture.id(), shown, "preview", picture.edit().renditions()) : Optional.empty())
                .orElseThrow(() -> {
                    editing.run(picture.owner(), picture.id(), picture.edit().number(), Priority.INTERACTIVE);
                    return Problem.NOT_FOUND.because("The rendition " + name + " of this edit is missing, and is made again.");
                });
    }

    private static String tag(Picture picture, String name) {
        return picture.digest().hex().substring(0, 32) + "-" + name + "-" + picture.version();
    }

    private static ContentDisposition disposition(Picture picture, String mediaType, boolean download) {
        var stem = picture.fileName().contains(".") ? picture.fileName().substring(0, picture.fileName().lastIndexOf('.')) : picture.fileName();
        return download
                ? ContentDisposition.attachment().filename(stem + "-edited." + (mediaType.equals("image/webp") ? "webp" : "jpg"), StandardCharsets.UTF_8).build()
                : ContentDisposition.inline().build();
    }

    /// What every browser shows or plays needs no copy.
    private static boolean originalServes(Picture picture, String name) {
        return switch (name) {
            case "video" -> picture.originalPlayable();
            case "full" -> switch (picture.kind()) {
                case JPEG, PNG, WEBP, GIF, AVIF -> true;
                default -> false;
            };
            default -> false;
        };
    }

    /// One that was made and is gone comes back by being asked for.
    private void makeAgain(Picture picture, String name) {
        if (picture.state() == Picture.State.READY && picture.renditions().stream().anyMatch(file -> file.startsWith(name + "."))) {
            rendering.again(picture.owner(), picture.digest(), picture.kind());
        }
    }

    private static ResponseEntity<Resource> answer(Resource bytes, String mediaType, String tag, CacheControl caching, ContentDisposition disposition) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(mediaType))
                .cacheControl(caching)
                .eTag("\"" + tag + "\"")
                .header("Content-Disposition", disposition.toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(bytes);
    }
}
