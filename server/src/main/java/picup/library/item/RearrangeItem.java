package picup.library.item;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.library.Items;
import picup.library.LibraryChanged;
import picup.library.Picture;
import picup.library.Pictures;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Spaces;

/// What a person decides about the files of an item: which of a burst stands for it, and what is not of it at all.
@Component
public class RearrangeItem {
    private final Spaces spaces;
    private final Items items;
    private final Pictures pictures;
    private final JoinParts joining;
    private final ApplicationEventPublisher events;

    RearrangeItem(Spaces spaces, Items items, Pictures pictures, JoinParts joining, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.items = items;
        this.pictures = pictures;
        this.joining = joining;
        this.events = events;
    }

    /// Makes a picture of a burst its cover.
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's; `conflict` when it is no other picture of a burst
    @Transactional
    public void makeCover(MemberId owner, UUID id) {
        var part = lockedPart(owner, id);
        var cover = part.item().partOf();
        if (cover == null || part.item().role() != Items.Role.BURST) {
            throw Problem.CONFLICT.because("Only another picture of a burst can become its cover, and this is none.");
        }
        items.promote(owner, id, cover, true);
        tell(owner, Set.of(id, cover));
    }

    /// Takes a part out of its item, for good. What is beside it under its name follows it.
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's; `conflict` when it is no part
    @Transactional
    public void split(MemberId owner, UUID id) {
        var part = lockedPart(owner, id);
        var cover = part.item().partOf();
        if (cover == null) {
            throw Problem.CONFLICT.because("This picture is no part of another. Take the other parts out of the item instead.");
        }
        items.detach(owner, List.of(id), true);
        joining.join(owner, id);
        tell(owner, Set.of(id, cover));
    }

    private Picture lockedPart(MemberId owner, UUID id) {
        items.lock(owner);
        spaces.requireOpen(owner);
        return pictures.require(owner, id);
    }

    private void tell(MemberId owner, Set<UUID> changed) {
        events.publishEvent(LibraryChanged.moved(owner, "edited", joining.moved(owner, changed)));
    }
}
