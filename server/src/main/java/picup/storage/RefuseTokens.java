package picup.storage;

import java.time.InstantSource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import picup.platform.security.EndedSessions;

/// Stops the access tokens of suspended and deleted members in this process, reads included, without asking the database on
/// every request. Another process of this role hears of a deletion when it refuses the first write, else it lets
/// the token run out. A restart forgets nobody whose token may still be good.
@Component
class RefuseTokens implements ApplicationRunner {
    private final Spaces spaces;
    private final EndedSessions endedSessions;
    private final InstantSource clock;

    RefuseTokens(Spaces spaces, EndedSessions endedSessions, InstantSource clock) {
        this.spaces = spaces;
        this.endedSessions = endedSessions;
        this.clock = clock;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void on(StandingChanged change) {
        if (change.standing() == Standing.OPEN) {
            endedSessions.readmit(change.owner());
        } else {
            endedSessions.addAllOf(change.owner(), change.since());
        }
    }

    @Override
    public void run(ApplicationArguments arguments) {
        spaces.notOpenSince(clock.instant().minus(EndedSessions.REMEMBERED))
                .forEach(each -> endedSessions.addAllOf(each.owner(), each.since()));
    }
}
