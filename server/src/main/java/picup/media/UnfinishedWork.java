package picup.media;

import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;

/// What decoders still have to do for a member, beyond what a picture's own row says. Their jobs begin with the owner's id.
@Component
public class UnfinishedWork {
    private final Jobs jobs;

    UnfinishedWork(Jobs jobs) {
        this.jobs = jobs;
    }

    /// Videos that are being made playable.
    ///
    /// @param most counts no further
    public int videos(MemberId owner, int most) {
        return jobs.pending(MakePlayable.KIND, owner + "-", most);
    }

    /// Files that are read again.
    ///
    /// @param most counts no further
    public int facts(MemberId owner, int most) {
        return jobs.pending(RereadFacts.KIND, owner + "-", most);
    }
}
