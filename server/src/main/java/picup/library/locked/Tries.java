package picup.library.locked;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;

/// How often the code may be tried: a bucket for each folder, whichever session tries, because only a session of its owner can try at all. Kept in the row,
/// so that neither a restart nor another process gives new ones. It is never empty for good, and a fresh proof of the account fills it, so nobody is
/// locked out for longer than a password takes.
///
/// A try is taken before the code is hashed, so that a hundred at once do not all pass.
@Component
class Tries {
    static final int MOST = 10;
    static final Duration REFILL = Duration.ofMinutes(10);

    private final JdbcClient sql;
    private final InstantSource clock;

    Tries(JdbcClient sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /// Takes one.
    ///
    /// @return the hash to compare with
    /// @throws picup.platform.ProblemException `no-locked-folder`, `too-many-attempts`
    String take(MemberId owner) {
        var now = clock.instant();
        return sql.sql("""
                UPDATE storage.locked_folder SET tries_full_at = greatest(tries_full_at, :now) + make_interval(secs => :refill)
                WHERE owner_id = :owner AND greatest(tries_full_at, :now) <= :latest RETURNING code_hash
                """)
                .param("owner", owner.value()).param("now", utc(now)).param("refill", REFILL.toSeconds()).param("latest", utc(now.plus(REFILL.multipliedBy(MOST - 1))))
                .query(String.class).optional().orElseThrow(() -> refusal(owner, now));
    }

    private RuntimeException refusal(MemberId owner, Instant now) {
        return sql.sql("SELECT tries_full_at FROM storage.locked_folder WHERE owner_id = :owner").param("owner", owner.value())
                .query(OffsetDateTime.class).optional()
                .<RuntimeException>map(fullAt -> {
                    long seconds = Math.max(1, Duration.between(now.plus(REFILL.multipliedBy(MOST - 1)), fullAt.toInstant()).toSeconds() + 1);
                    return Problem.TOO_MANY_ATTEMPTS.because("Wait " + seconds + " seconds before the next attempt, or choose a new code after you have confirmed your password.")
                            .with("retryAfterSeconds", seconds);
                })
                .orElseGet(() -> Problem.NO_LOCKED_FOLDER.because("Choose a code for the locked folder first."));
    }

    /// In the transaction that opens the folder: the code was right, and all tries are there again.
    ///
    /// @return false when another code was chosen meanwhile
    boolean fill(MemberId owner, String hash) {
        return sql.sql("UPDATE storage.locked_folder SET tries_full_at = :now WHERE owner_id = :owner AND code_hash = :hash")
                .param("owner", owner.value()).param("now", utc(clock.instant())).param("hash", hash).update() == 1;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
