package picup.library.upload;

import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.library.upload.Upload.State;
import picup.platform.MemberId;

/// Says from where a client may go on. A connection of the same upload that still seems alive is over then, and what it brought is kept: whoever
/// asks is back by another one. What has come to its end and was not finished, because the process ended or a store was away, is finished
/// first, so that an offset at the end of the file always means that the picture is safe.
@Component
public class ResumeUpload {
    private final Uploads uploads;
    private final Turns turns;
    private final FinishUpload finishing;
    private final JoinUploads joining;
    private final InstantSource clock;

    ResumeUpload(Uploads uploads, Turns turns, FinishUpload finishing, JoinUploads joining, InstantSource clock) {
        this.uploads = uploads;
        this.turns = turns;
        this.finishing = finishing;
        this.joining = joining;
        this.clock = clock;
    }

    /// @throws picup.platform.ProblemException `not-found`, `upload-over`, `upload-busy`
    public Upload run(MemberId owner, UUID id) throws IOException {
        var before = uploads.require(owner, id).requireOpen(clock.instant());
        if (before.state() == State.RECEIVING && before.parts().isEmpty()) {
            turns.end(id);
        }
        var upload = uploads.require(owner, id);
        if (upload.unfinished()) {
            upload = finishing.again(owner, id);
        } else if (upload.state() == State.RECEIVING && !upload.parts().isEmpty()) {
            upload = joining.again(upload);
        }
        return upload.requireOpen(clock.instant());
    }
}
