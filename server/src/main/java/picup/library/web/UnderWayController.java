package picup.library.web;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.library.UnderWay;
import picup.platform.MemberId;

/// What is being done for the caller, for a line that goes when nothing is left.
@RestController
class UnderWayController {
    private final UnderWay underWay;
    private final ArchiveSlots archives;

    UnderWayController(UnderWay underWay, ArchiveSlots archives) {
        this.underWay = underWay;
        this.archives = archives;
    }

    /// @param work     of workers; a number of 10,000 means at least so many
    /// @param archive  whether everything is being downloaded, by this process
    /// @param troubles the latest 50 that could not be done
    record UnderWayJson(UnderWay.Work work, boolean archive, List<UnderWay.Trouble> troubles) {}

    @GetMapping("/api/under-way")
    UnderWayJson underWay(MemberId member) {
        return new UnderWayJson(underWay.work(member), archives.taken(member), underWay.troubles(member));
    }
}
