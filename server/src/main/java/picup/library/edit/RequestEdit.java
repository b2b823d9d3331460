package picup.library.edit;

import java.time.Instant;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import picup.library.EditOutdated;
import picup.media.EditOriginal;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// Asks for what [MakeEdit] makes, which may happen in another process.
@Component
public class RequestEdit {
    private final Jobs jobs;

    RequestEdit(Jobs jobs) {
        this.jobs = jobs;
    }

    /// In the surrounding transaction. Any number of askers make one job.
    ///
    /// @param number of the edit
    public void run(MemberId owner, UUID picture, int number, Priority priority) {
        jobs.addOnce(EditOriginal.KIND, picture + "-" + number, new EditOriginal.Wanted(owner, picture, number, priority), priority, Instant.EPOCH);
    }

    /// Nobody waits: what was made before is shown meanwhile.
    @EventListener
    void on(EditOutdated outdated) {
        run(outdated.owner(), outdated.picture(), outdated.number(), Priority.BULK);
    }
}
