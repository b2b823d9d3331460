package picup.library.edit;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.Picture;
import picup.library.Pictures;
import picup.media.EditOriginal;
import picup.media.EditOriginal.Wanted;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;

/// Makes what is shown of an edited photo.
///
/// **The last edit wins.** A job asks before and after the decoder's work whether its edit is still the one that is wanted, the second time under the
/// owner's lock, which whoever changes that takes too. A crash between the files and the commit leaves files under a number that the
/// repeated job writes again; one after the commit leaves those of the edit before, which are swept.
@Component
@InRole(Role.WORKER)
class MakeEdit implements JobHandler<Wanted> {
    private static final Logger LOG = LoggerFactory.getLogger(MakeEdit.class);

    private final EditOriginal editOriginal;
    private final Items items;
    private final Pictures pictures;
    private final Edits edits;
    private final RemoveEdits remove;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    MakeEdit(EditOriginal editOriginal, Items items, Pictures pictures, Edits edits, RemoveEdits remove, TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.editOriginal = editOriginal;
        this.items = items;
        this.pictures = pictures;
        this.edits = edits;
        this.remove = remove;
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public JobKind<Wanted> kind() {
        return EditOriginal.KIND;
    }

    @Override
    public void run(Wanted job) throws Exception {
        var picture = stillWanted(job);
        var recipe = picture.map(each -> each.edit().wanted());
        if (recipe.isEmpty()) {
            return;
        }
        editOriginal.run(job.owner(), picture.get().digest(), picture.get().kind(), recipe.get(), job.priority(), new EditOriginal.Answered() {
            @Override
            public void made(EditOriginal.Made made) {
                show(job, made);
            }

            @Override
            public void refused(String reason) {
                fail(job, reason);
            }
        });
    }

    private Optional<Picture> stillWanted(Wanted job) {
        return pictures.find(job.owner(), job.picture()).filter(picture -> picture.edit().number() == job.number());
    }

    private void show(Wanted job, EditOriginal.Made made) {
        items.lock(job.owner());
        stillWanted(job).ifPresent(picture -> {
            var files = made.keepFor(job.picture(), job.number());
            edits.show(job.owner(), job.picture(), job.number(), made.width(), made.height(), made.thumbHash(), files);
            remove.before(job.owner(), job.picture(), job.number());
            tell(picture);
        });
    }

    private void fail(Wanted job, String reason) {
        items.lock(job.owner());
        stillWanted(job).ifPresent(picture -> {
            LOG.warn("The edit {} of picture {} cannot be made: {}", job.number(), job.picture(), reason);
            edits.fail(job.owner(), job.picture(), job.number(), reason);
            tell(picture);
        });
    }

    private void tell(Picture picture) {
        events.publishEvent(LibraryChanged.one(picture.owner(), picture.id(), "edited", picture.takenAt(), picture.takenAt()));
    }

    @Override
    public void gaveUp(Wanted job, Throwable reason) {
        transaction.executeWithoutResult(_ -> fail(job, "DECODER_LOST"));
    }
}
