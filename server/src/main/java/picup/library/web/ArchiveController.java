package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.archive.ArchiveContents;
import picup.library.archive.WriteArchive;
import picup.platform.MemberId;
import picup.platform.Problem;

/// Everything of a member, to take along.
@RestController
class ArchiveController {
    private static final int EARLIEST_YEAR = 1;
    private static final int LATEST_YEAR = 9998;

    private final ArchiveContents contents;
    private final WriteArchive writing;
    private final ArchiveSlots slots;
    private final InstantSource clock;

    ArchiveController(ArchiveContents contents, WriteArchive writing, ArchiveSlots slots, InstantSource clock) {
        this.contents = contents;
        this.writing = writing;
        this.slots = slots;
        this.clock = clock;
    }

    @GetMapping("/api/archive/contents")
    ArchiveContents.Contents contents(MemberId member) {
        return contents.of(member);
    }

    /// @param year only what was taken in it
    @GetMapping(path = "/api/archive", produces = "application/zip")
    void archive(MemberId member, @RequestParam(required = false) @Nullable Integer year, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (year != null && (year < EARLIEST_YEAR || year > LATEST_YEAR)) {
            throw Problem.BAD_VALUE.because("year must be %d to %d, but is %d.".formatted(EARLIEST_YEAR, LATEST_YEAR, year));
        }
        try (var _ = slots.take(member)) {
            var name = year == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString() : "%04d".formatted(year);
            response.setContentType("application/zip");
            response.setHeader("Content-Disposition", "attachment; filename=\"picup-" + name + ".zip\"");
            if (!request.getMethod().equals("HEAD")) {
                write(member, year, response);
            }
        }
    }

    /// When it breaks in the middle, the connection breaks off too: no words of ours may end up inside of a file that
    /// somebody keeps.
    private void write(MemberId member, @Nullable Integer year, HttpServletResponse response) throws IOException {
        try {
            writing.run(member, year, response.getOutputStream());
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                response.reset();
                throw e;
            }
            throw new IOException("An archive broke off", e);
        }
    }
}
