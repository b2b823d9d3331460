package picup.library;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.media.RequestFacts;
import picup.media.RequestRenditions;
import picup.platform.MemberId;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;
import picup.storage.Spaces;

/// Has files read again for what they say: one because somebody asks, or all of a member's. What people edited stays.
@Component
public class ReadFactsAgain {
    static final String ASKED = "asked";

    private final Spaces spaces;
    private final Pictures pictures;
    private final RequestFacts facts;
    private final RequestRenditions renditions;
    private final JdbcClient sql;
    private final Jobs jobs;
    private final InstantSource clock;

    ReadFactsAgain(Spaces spaces, Pictures pictures, RequestFacts facts, RequestRenditions renditions, JdbcClient sql, Jobs jobs, InstantSource clock) {
        this.spaces = spaces;
        this.pictures = pictures;
        this.facts = facts;
        this.renditions = renditions;
        this.sql = sql;
        this.jobs = jobs;
        this.clock = clock;
    }

    /// One that could not be shown is looked into from the beginning.
    ///
    /// @throws picup.platform.ProblemException `not-found`, also for another's
    @Transactional
    public void one(MemberId owner, UUID id) {
        spaces.requireOpen(owner);
        var picture = pictures.require(owner, id);
        switch (picture.state()) {
            case READY -> facts.again(owner, picture.digest(), picture.kind(), ASKED, Priority.INTERACTIVE);
            case FAILED -> renditions.again(owner, picture.digest(), picture.kind());
            case PROCESSING -> {} // it is about to be
        }
    }

    /// Begins with the first, unless it is going on already: then it goes on.
    @Transactional
    public void all(MemberId owner) {
        spaces.requireOpen(owner);
        int begun = sql.sql("INSERT INTO storage.facts_reading (owner_id, after) VALUES (:owner, :first) ON CONFLICT DO NOTHING")
                .param("owner", owner.value()).param("first", RefreshFacts.FIRST).update();
        if (begun == 1) {
            later(owner, RefreshFacts.FIRST, clock.instant());
        }
    }

    void later(MemberId owner, UUID after, Instant due) {
        jobs.addOnce(ReadAllFacts.KIND, owner + "-" + after, new ReadAllFacts.Mine(owner), Priority.BULK, due);
    }
}
