package picup.library.direct;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.storage.DirectParts;
import picup.storage.StorageLanes;

/// Removes from the bucket what an upload that has ended left there beside the originals: parts, and what was joined of them.
@Component
@InRole(Role.WORKER)
class RemoveSentParts implements JobHandler<RemoveSentParts.Sent> {
    /// @param upload by which the bucket knows it; null when that was never noted
    record Sent(UUID id, @Nullable String upload) {}

    static final JobKind<Sent> KIND = new JobKind<>(StorageLanes.SHORT, "remove-sent-parts", Sent.class, 50, Duration.ofSeconds(5));

    private final DirectParts parts;

    RemoveSentParts(DirectParts parts) {
        this.parts = parts;
    }

    @Override
    public JobKind<Sent> kind() {
        return KIND;
    }

    @Override
    public void run(Sent sent) throws IOException {
        parts.remove(sent.id(), sent.upload());
    }
}
