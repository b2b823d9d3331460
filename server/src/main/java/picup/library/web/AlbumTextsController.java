package picup.library.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.album.AlbumTexts;
import picup.platform.MemberId;

/// What is written between the pictures of an album.
@RestController
@RequestMapping("/api/albums/{id}/texts")
class AlbumTextsController {
    /// In the album's order.
    record AlbumTextList(List<AlbumTexts.Text> texts) {}

    /// @param before the picture above which it is shown; null for the end
    record NewAlbumText(@Nullable String text, @Nullable UUID before) {}

    record AlbumTextMade(UUID id) {}

    /// @param before null for the end
    record AlbumTextPlace(@Nullable UUID before) {}

    record AlbumTextChange(@Nullable String text) {}

    private final AlbumTexts texts;

    AlbumTextsController(AlbumTexts texts) {
        this.texts = texts;
    }

    @GetMapping
    AlbumTextList list(MemberId member, @PathVariable UUID id) {
        return new AlbumTextList(texts.list(member, id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AlbumTextMade write(MemberId member, @PathVariable UUID id, @RequestBody NewAlbumText body) {
        return new AlbumTextMade(texts.write(member, id, body.text(), body.before()));
    }

    @PutMapping("/{textId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(MemberId member, @PathVariable UUID id, @PathVariable UUID textId, @RequestBody AlbumTextChange body) {
        texts.change(member, id, textId, body.text());
    }

    /// Puts it above another picture.
    @PutMapping("/{textId}/place")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void move(MemberId member, @PathVariable UUID id, @PathVariable UUID textId, @RequestBody AlbumTextPlace body) {
        texts.move(member, id, textId, body.before());
    }

    @DeleteMapping("/{textId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(MemberId member, @PathVariable UUID id, @PathVariable UUID textId) {
        texts.remove(member, id, textId);
    }
}
