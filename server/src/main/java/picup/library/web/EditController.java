package picup.library.web;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Pictures;
import picup.library.edit.RetouchPicture;
import picup.platform.MemberId;

/// What a photo is to look like.
@RestController
@RequestMapping("/api/pictures/{id}/edit")
class EditController {
    private final RetouchPicture retouch;
    private final Pictures pictures;
    private final WholePictures whole;

    EditController(RetouchPicture retouch, Pictures pictures, WholePictures whole) {
        this.retouch = retouch;
        this.pictures = pictures;
        this.whole = whole;
    }

    /// Replaces the edit before. What is shown changes when it has been made; the live stream tells. The original is never altered.
    @PutMapping
    PictureJson edit(MemberId member, @PathVariable UUID id, @RequestBody RecipeJson recipe) {
        retouch.run(member, id, recipe.recipe());
        return whole.one(pictures.require(member, id));
    }

    /// Back to the original, at once.
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revert(MemberId member, @PathVariable UUID id) {
        retouch.revert(member, id);
    }
}
