package picup.library.web;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Timeline;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.Problem;

/// The timeline: its months, and one month in columns.
@RestController
@RequestMapping("/api/timeline")
class TimelineController {
    private final Timeline timeline;

    TimelineController(Timeline timeline) {
        this.timeline = timeline;
    }

    @GetMapping
    List<Timeline.Month> months(MemberId member) {
        return timeline.months(member);
    }

    @GetMapping("/{month}")
    Timeline.MonthPage page(MemberId member, @PathVariable String month, @RequestParam(required = false) @Nullable String cursor) {
        return timeline.page(member, parse(month), cursor == null ? null : Cursor.of(cursor));
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
