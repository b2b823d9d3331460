package picup.media;

import java.time.Instant;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.media.RenderOriginal.Unseen;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;

/// Asks for what [RenderOriginal] makes, which may happen in another process.
@Component
public class RequestRenditions {
    private final Jobs jobs;

    RequestRenditions(Jobs jobs) {
        this.jobs = jobs;
    }

    /// In the surrounding transaction.
    public void later(MemberId owner, Digest digest, FileKind kind, Priority priority) {
        jobs.add(RenderOriginal.KIND, new Unseen(owner, digest.hex(), kind, priority), priority);
    }

    /// Once more, because a rendition is missing. Any number of askers make one job.
    public void again(MemberId owner, Digest digest, FileKind kind) {
        jobs.addOnce(RenderOriginal.KIND, owner + "-" + digest.hex(), new Unseen(owner, digest.hex(), kind, Priority.INTERACTIVE),
                Priority.INTERACTIVE, Instant.EPOCH);
    }

    /// Once more, because the settings have changed; nobody waits.
    void afresh(MemberId owner, Digest digest, FileKind kind) {
        jobs.addOnce(RenderOriginal.KIND, owner + "-" + digest.hex(), new Unseen(owner, digest.hex(), kind, Priority.BULK), Priority.BULK, Instant.EPOCH);
    }
}
