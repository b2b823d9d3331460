package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import picup.library.upload.CreateUpload;
import picup.library.upload.EndUpload;
import picup.library.upload.JoinUploads;
import picup.library.upload.ReceiveChunk;
import picup.library.upload.ResumeUpload;
import picup.library.upload.Upload;
import picup.library.upload.Uploads;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.StorageSettings;

/// Takes pictures in piece by piece (tus 1.0.0). Whose an upload is, is looked at before anything else.
///
/// The answer to the last piece says in `Picup-Outcome`, `Picup-Picture` and `Picup-Trashed` what became of it, or is the problem that refused it.
@RestController
@RequestMapping("/api/uploads")
class ResumableUploadController {
    private static final int MOST_LISTED = 100;
    private static final Set<Problem> UNWAITED = Set.of(Problem.UPLOAD_BUSY, Problem.OVERLOADED, Problem.TOO_SLOW);

    private final CreateUpload creating;
    private final ReceiveChunk receiving;
    private final JoinUploads joining;
    private final ResumeUpload resuming;
    private final EndUpload ending;
    private final Uploads uploads;
    private final Limits limits;

    /// What is asked of every client.
    @Component
    record Limits(StorageSettings settings, UploadSlots slots) {}

    ResumableUploadController(CreateUpload creating, ReceiveChunk receiving, JoinUploads joining, ResumeUpload resuming, EndUpload ending, Uploads uploads, Limits limits) {
        this.creating = creating;
        this.receiving = receiving;
        this.joining = joining;
        this.resuming = resuming;
        this.ending = ending;
        this.uploads = uploads;
        this.limits = limits;
    }

    /// What this server speaks.
    @RequestMapping(method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options(MemberId member) {
        return ResponseEntity.noContent()
                .header("Tus-Resumable", Tus.VERSION)
                .header("Tus-Version", Tus.VERSION)
                .header("Tus-Extension", Tus.EXTENSIONS)
                .header("Tus-Checksum-Algorithm", Tus.ALGORITHMS)
                .header("Tus-Max-Size", "" + limits.settings().largestFile().toBytes())
                .build();
    }

    /// Begins an upload, with its first bytes or without, or joins pieces. Metadata: `filename`, `folder`, `takenAt`, `sha256`, `force`, `bulk`, `source`.
    @PostMapping
    ResponseEntity<Void> create(MemberId member, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tus = Tus.of(request, response);
        try {
            var upload = switch (tus.concatenation()) {
                case Tus.Concatenation.None _ -> begun(member, tus, false);
                case Tus.Concatenation.Piece _ -> begun(member, tus, true);
                case Tus.Concatenation.Whole whole -> {
                    try (var _ = limits.slots().take(member)) {
                        yield joining.run(member, whole.pieces(), tus.metadata());
                    }
                }
            };
            return answer(ResponseEntity.created(URI.create("/api/uploads/" + upload.id())), upload);
        } catch (ProblemException refused) {
            throw drained(tus, refused);
        }
    }

    private Upload begun(MemberId member, Tus tus, boolean partial) throws IOException {
        var wish = new CreateUpload.Wish(tus.announcedLength(), tus.metadata(), partial);
        if (!tus.bringsBytes()) {
            return creating.run(member, wish);
        }
        var chunk = tus.firstChunk();
        try (var _ = limits.slots().take(member)) {
            var upload = creating.run(member, wish);
            try {
                return receiving.run(member, upload.id(), chunk);
            } catch (ProblemException refused) {
                if (uploads.require(member, upload.id()).open()) {
                    ending.run(member, upload.id()); // nobody has been told its address
                }
                throw refused;
            }
        }
    }

    /// From where to go on.
    @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> offset(MemberId member, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        uploads.require(member, id);
        Tus.of(request, response);
        var upload = resuming.run(member, id);
        var answer = ResponseEntity.ok();
        if (upload.sizeBytes() == null) {
            answer.header("Upload-Defer-Length", "1");
        } else {
            answer.header("Upload-Length", "" + upload.sizeBytes());
        }
        if (!upload.header().isEmpty()) {
            answer.header("Upload-Metadata", upload.header());
        }
        if (upload.partial()) {
            answer.header("Upload-Concat", "partial");
        } else if (!upload.parts().isEmpty()) {
            answer.header("Upload-Concat", Tus.concatenation(upload.parts()));
        }
        return answer(answer, upload);
    }

    /// The next bytes.
    @PatchMapping("/{id}")
    ResponseEntity<Void> receive(MemberId member, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        uploads.require(member, id);
        var tus = Tus.of(request, response);
        try {
            var chunk = tus.chunk();
            try (var _ = limits.slots().take(member)) {
                return answer(ResponseEntity.noContent(), receiving.run(member, id, chunk));
            }
        } catch (ProblemException refused) {
            throw drained(tus, refused);
        }
    }

    /// Ends an upload that nobody wants any more. Of one that is done, the picture stays.
    @DeleteMapping("/{id}")
    ResponseEntity<Void> end(MemberId member, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        uploads.require(member, id);
        Tus.of(request, response);
        ending.run(member, id);
        return ResponseEntity.noContent().build();
    }

    /// For clients whose network knows no PATCH and no DELETE: `X-HTTP-Method-Override` says which is meant.
    @PostMapping("/{id}")
    ResponseEntity<Void> override(MemberId member, @PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        uploads.require(member, id);
        return switch (Tus.of(request, response).method()) {
            case "PATCH" -> receive(member, id, request, response);
            case "DELETE" -> end(member, id, request, response);
            default -> throw Problem.METHOD_NOT_ALLOWED.because("POST is for X-HTTP-Method-Override: PATCH or DELETE here.");
        };
    }

    /// @param uploads the caller's that go on, pieces too, the newest first, a hundred at most
    record UploadsJson(List<UploadJson> uploads) {}

    @GetMapping
    UploadsJson open(MemberId member) {
        return new UploadsJson(uploads.open(member, MOST_LISTED).stream().map(UploadJson::of).toList());
    }

    /// What has become of an upload, up to a day after its end.
    @GetMapping("/{id}")
    UploadJson one(MemberId member, @PathVariable UUID id) {
        return UploadJson.of(uploads.require(member, id));
    }

    private static ResponseEntity<Void> answer(ResponseEntity.HeadersBuilder<?> answer, Upload upload) {
        if (upload.end() instanceof Upload.End.Refused refused) {
            throw refused.problem().because(refused.detail());
        }
        answer.header("Upload-Offset", "" + upload.offsetBytes());
        if (upload.open()) {
            answer.header("Upload-Expires", DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC)));
        }
        if (upload.end() instanceof Upload.End.Done done) {
            answer.header("Picup-Outcome", done.outcome());
            if (done.picture() != null) {
                answer.header("Picup-Picture", done.picture().toString());
            }
            if (done.trashed()) {
                answer.header("Picup-Trashed", "true");
            }
        }
        return answer.build();
    }

    /// A connection that says nothing, or was ended for a newer one, is not waited for.
    private static ProblemException drained(Tus tus, ProblemException refused) {
        if (!UNWAITED.contains(refused.problem())) {
            tus.drain();
        }
        return refused;
    }
}
