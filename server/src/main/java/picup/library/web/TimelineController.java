package picup.library.web;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.MonthStart;
import picup.library.Timeline;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// The timeline: its months, and one month in columns.
@RestController
@RequestMapping("/api/timeline")
class TimelineController {
    /// More than the first screen shows, in some 40 KB (reckoned); a family's usual month is one page.
    private static final int USUAL = 300;

    /// Some 700 KB (reckoned).
    private static final int MOST = 5000;

    private final Timeline timeline;

    TimelineController(Timeline timeline) {
        this.timeline = timeline;
    }

    @GetMapping
    List<Timeline.Month> months(MemberId member) {
        return timeline.months(member);
    }

    /// The first page of the newest month, for whoever cannot name it yet: an app that starts asks for it beside the months.
    @GetMapping("/latest")
    Timeline.MonthPage latest(MemberId member) {
        return timeline.page(member, timeline.latest(member), MonthStart.NEWEST, USUAL);
    }

    @GetMapping("/{month}")
    Timeline.MonthPage page(
            MemberId member, @PathVariable String month, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer from, @RequestParam(required = false) @Nullable UUID picture,
            @RequestParam(required = false) @Nullable Integer limit) {
        return timeline.page(member, parse(month), MonthStart.of(cursor, from, picture), PageLimit.of(limit, USUAL, MOST));
    }

    private static YearMonth parse(String month) {
        try {
            var parsed = YearMonth.parse(month);
            if (parsed.getYear() < 1 || parsed.getYear() > 9998) {
                throw new DateTimeException("year");
            }
            return parsed;
        } catch (DateTimeException e) {
            throw Problem.BAD_VALUE.because("A month is written like 2024-05.");
        }
    }
}
