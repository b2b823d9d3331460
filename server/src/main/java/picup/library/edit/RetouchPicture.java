package picup.library.edit;

import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.decoder.Recipe;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.Picture;
import picup.library.Pictures;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.jobs.Priority;
import picup.storage.Spaces;

/// Says what a photo is to look like, and takes that back. The file stays as it came; what is shown is made by [MakeEdit].
@Component
public class RetouchPicture {
    private final Spaces spaces;
    private final Items items;
    private final Pictures pictures;
    private final Edits edits;
    private final RequestEdit request;
    private final RemoveEdits remove;
    private final ApplicationEventPublisher events;

    RetouchPicture(Spaces spaces, Items items, Pictures pictures, Edits edits, RequestEdit request, RemoveEdits remove, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.items = items;
        this.pictures = pictures;
        this.edits = edits;
        this.request = request;
        this.remove = remove;
        this.events = events;
    }

    /// Replaces what was wanted before. The same again, when it is shown or being made, changes nothing; a recipe that does nothing is a
    /// [#revert].
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's; `not-editable`; `bad-value`
    @Transactional
    public void run(MemberId owner, UUID id, Recipe recipe) {
        items.lock(owner);
        spaces.requireOpen(owner);
        var picture = pictures.require(owner, id);
        requireEditable(picture);
        var width = picture.originalWidth();
        var height = picture.originalHeight();
        if (width == null || height == null) {
            throw Problem.NOT_EDITABLE.because("The size of this picture is not known.");
        }
        try {
            recipe.requireWithin(width, height);
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_VALUE.because(e.getMessage());
        }
        if (recipe.doesNothing()) {
            revert(picture);
        } else if (!recipe.equals(picture.edit().wanted()) || picture.edit().state() == Picture.State.FAILED) {
            request.run(owner, id, edits.want(picture, recipe), Priority.INTERACTIVE);
            tell(picture);
        }
    }

    private static void requireEditable(Picture picture) {
        if (picture.kind().video()) {
            throw Problem.NOT_EDITABLE.because("This is a video, and only photos can be edited.");
        }
        if (picture.detail().frames() > 1) {
            throw Problem.NOT_EDITABLE.because("This is an animation, and only photos that stand still can be edited.");
        }
        switch (picture.state()) {
            case READY -> {}
            case PROCESSING -> throw Problem.NOT_EDITABLE.because("This picture is still being prepared. Try again in a moment.");
            case FAILED -> throw Problem.NOT_EDITABLE.because("This file could not be turned into a picture, so there is nothing to edit.");
        }
    }

    /// Back to the original. Nothing happens when that is what is wanted.
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's
    @Transactional
    public void revert(MemberId owner, UUID id) {
        items.lock(owner);
        spaces.requireOpen(owner);
        revert(pictures.require(owner, id));
    }

    private void revert(Picture picture) {
        if (picture.edit().state() != null) {
            remove.before(picture.owner(), picture.id(), edits.revert(picture));
            tell(picture);
        }
    }

    private void tell(Picture picture) {
        events.publishEvent(LibraryChanged.one(picture.owner(), picture.id(), "edited", picture.takenAt(), picture.takenAt()));
    }
}
