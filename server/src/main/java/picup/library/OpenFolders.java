package picup.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.security.Acting;
import picup.platform.security.SignedIn;

/// The sessions to which a locked folder is open. Everything that gives a picture away asks here, by [Pictures#require] or by a list's own condition, and
/// asks for the session that this thread serves: whoever forgets to say which one has none, and sees nothing.
///
/// Rows rather than memory, as a storage role may be several processes. Only requests for what is locked come here, so a timeline costs nothing more.
@Component
public class OpenFolders {
    /// After the last use.
    public static final Duration LASTS = Duration.ofMinutes(15);

    /// A screen of two hundred thumbnails is one use, and one write.
    private static final Duration NOTED_EVERY = Duration.ofSeconds(30);

    private final JdbcClient sql;
    private final InstantSource clock;

    OpenFolders(JdbcClient sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /// Whether it is open to who asks. Looking is no use of it.
    public boolean isOpen(MemberId owner) {
        return openUntil(owner).isPresent();
    }

    /// Empty when it is closed to who asks.
    public Optional<Instant> openUntil(MemberId owner) {
        var session = session(owner);
        return session == null ? Optional.empty() : sql.sql("SELECT until FROM storage.open_folder WHERE owner_id = :owner AND session_id = :session AND until > :now")
                .param("owner", owner.value()).param("session", session).param("now", utc(clock.instant()))
                .query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
    }

    /// A use, which keeps it open.
    ///
    /// @throws picup.platform.ProblemException `locked`
    public void require(MemberId owner) {
        var now = clock.instant();
        var until = openUntil(owner).orElseThrow(() -> Problem.LOCKED.because("Unlock the locked folder first."));
        if (until.isBefore(now.plus(LASTS).minus(NOTED_EVERY))) {
            sql.sql("UPDATE storage.open_folder SET until = greatest(until, :until) WHERE owner_id = :owner AND session_id = :session")
                    .param("owner", owner.value()).param("session", session(owner)).param("until", utc(now.plus(LASTS))).update();
        }
    }

    /// The others do not exist for who asks while it is closed.
    public Collection<UUID> reachable(MemberId owner, Collection<UUID> ids) {
        Set<UUID> locked = Set.copyOf(sql.sql("SELECT id FROM storage.picture WHERE owner_id = :owner AND id = ANY (:ids) AND locked")
                .param("owner", owner.value()).param("ids", ids.toArray(UUID[]::new)).query(UUID.class).list());
        return locked.isEmpty() || isOpen(owner) ? ids : ids.stream().filter(id -> !locked.contains(id)).toList();
    }

    /// In the transaction that has seen the code to be right.
    public Instant open(SignedIn who) {
        var now = clock.instant();
        sql.sql("DELETE FROM storage.open_folder WHERE owner_id = :owner AND until <= :now").param("owner", who.member().value()).param("now", utc(now)).update();
        sql.sql("""
                INSERT INTO storage.open_folder (owner_id, session_id, until) VALUES (:owner, :session, :until)
                ON CONFLICT (owner_id, session_id) DO UPDATE SET until = excluded.until
                """)
                .param("owner", who.member().value()).param("session", who.session()).param("until", utc(now.plus(LASTS))).update();
        return now.plus(LASTS);
    }

    public void close(SignedIn who) {
        sql.sql("DELETE FROM storage.open_folder WHERE owner_id = :owner AND session_id = :session")
                .param("owner", who.member().value()).param("session", who.session()).update();
    }

    public void closeToAll(MemberId owner) {
        sql.sql("DELETE FROM storage.open_folder WHERE owner_id = :owner").param("owner", owner.value()).update();
    }

    public void close(UUID endedSession) {
        sql.sql("DELETE FROM storage.open_folder WHERE session_id = :session").param("session", endedSession).update();
    }

    /// No API key opens it, whatever its scopes.
    private static @Nullable UUID session(MemberId owner) {
        return Acting.now().filter(who -> who.isSession() && who.member().equals(owner)).map(SignedIn::session).orElse(null);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
