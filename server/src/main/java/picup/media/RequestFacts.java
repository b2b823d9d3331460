package picup.media;

import java.time.Instant;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Digest;

/// Asks for what files say, without pictures of them: [RereadFacts] and [DescribeSidecar], possibly in another process.
@Component
public class RequestFacts {
    private final Jobs jobs;

    RequestFacts(Jobs jobs) {
        this.jobs = jobs;
    }

    /// In the surrounding transaction. Any number of askers with one reason make one job.
    ///
    /// @param reason whoever has another must not be content with a job that may be over in this moment
    public void again(MemberId owner, Digest digest, FileKind kind, String reason, Priority priority) {
        jobs.addOnce(RereadFacts.KIND, owner + "-" + digest.hex() + "-" + reason, new RereadFacts.Seen(owner, digest.hex(), kind, priority), priority, Instant.EPOCH);
    }

    /// Of a sidecar, in the surrounding transaction.
    public void describe(MemberId owner, Digest digest, FileKind kind, Priority priority) {
        jobs.addOnce(DescribeSidecar.KIND, owner + "-" + digest.hex(), new DescribeSidecar.Unread(owner, digest.hex(), kind, priority), priority, Instant.EPOCH);
    }
}
