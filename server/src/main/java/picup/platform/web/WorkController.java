package picup.platform.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.jobs.LaneState;
import picup.platform.jobs.WorkDesk;

/// What administrators ask of a [WorkDesk]. Each side of the product puts its own under an address of its own, because
/// each has its own database.
public abstract class WorkController {
    private final WorkDesk desk;

    protected WorkController(WorkDesk desk) {
        this.desk = desk;
    }

    public record WorkState(List<LaneState> lanes, long deadLetters) {}

    public record Replayed(int count) {}

    @GetMapping
    public WorkState state() {
        return new WorkState(desk.lanes(), desk.count());
    }

    @GetMapping("/dead-letters")
    public WorkDesk.DeadLetterPage deadLetters(@RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return desk.deadLetters(cursor == null ? null : Cursor.of(cursor), PageLimit.of(limit));
    }

    @PostMapping("/dead-letters/replay")
    public Replayed replayAll(MemberId actor) {
        return new Replayed(desk.replayAll(actor));
    }

    @PostMapping("/dead-letters/{id}/replay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void replay(MemberId actor, @PathVariable UUID id) {
        desk.replay(actor, id);
    }

    @DeleteMapping("/dead-letters/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void discard(MemberId actor, @PathVariable UUID id) {
        desk.discard(actor, id);
    }
}
