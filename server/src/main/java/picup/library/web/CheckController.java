package picup.library.web;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import picup.library.CheckDigests;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.storage.Digest;

/// What needs no upload.
@RestController
class CheckController {
    /// As many as a page of a phone's library; 65 KB.
    private static final int MOST = 1000;

    private final CheckDigests checking;

    CheckController(CheckDigests checking) {
        this.checking = checking;
    }

    /// @param sha256 of files, hexadecimal
    record Question(@Nullable List<String> sha256) {}

    /// @param known          in the caller's library or its trash
    /// @param deletedForGood by the caller; only an upload with `force` brings them back
    record Answer(List<KnownJson> known, List<String> deletedForGood) {}

    /// @param id null for a picture of the locked folder, while that is closed
    record KnownJson(String sha256, @Nullable UUID id, boolean trashed) {}

    /// Which of these files the caller has, or has deleted for good. Of other people's files it says nothing.
    @PostMapping("/api/pictures/check")
    Answer check(MemberId member, @RequestBody Question question) {
        var answer = checking.run(member, digests(question));
        return new Answer(answer.known().stream().map(each -> new KnownJson(each.digest().hex(), each.id(), each.trashed())).toList(),
                answer.deletedForGood().stream().map(Digest::hex).toList());
    }

    private static LinkedHashSet<Digest> digests(Question question) {
        if (question.sha256() == null || question.sha256().contains(null)) {
            throw Problem.BAD_VALUE.because("The body must be {\"sha256\": [...]}, a list of digests.");
        }
        if (question.sha256().size() > MOST) {
            throw Problem.BAD_VALUE.because("At most %,d digests at once, but these are %,d. Send them in parts.".formatted(MOST, question.sha256().size()));
        }
        var digests = new LinkedHashSet<Digest>();
        question.sha256().forEach(hex -> digests.add(Digest.ofHex(hex)));
        return digests;
    }
}
