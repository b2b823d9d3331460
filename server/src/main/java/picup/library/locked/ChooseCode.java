package picup.library.locked;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.LockedFolderChanged;
import picup.library.OpenFolders;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.audit.AuditAction;
import picup.platform.security.SignedIn;
import picup.storage.Spaces;
import picup.storage.StorageAudit;

/// Sets the code of a locked folder: the first one, another one by who knows the one before, or, where that is forgotten, by who has just proved to be
/// the member. It opens the folder to that session and closes it to all others.
@Component
public class ChooseCode {
    private final Tries tries;
    private final CodeHashing hashing;
    private final OpenFolders folders;
    private final Room room;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    /// What the change happens in.
    @Component
    record Room(Spaces spaces, StorageAudit audit, TransactionTemplate transaction) {}

    ChooseCode(Tries tries, CodeHashing hashing, OpenFolders folders, Room room, JdbcClient sql, ApplicationEventPublisher events, InstantSource clock) {
        this.tries = tries;
        this.hashing = hashing;
        this.folders = folders;
        this.room = room;
        this.sql = sql;
        this.events = events;
        this.clock = clock;
    }

    /// @param current the code until now; null for the first one, and where it is forgotten
    /// @return until when the folder is open
    /// @throws ProblemException `bad-value`, `wrong-code`, `too-many-attempts`, `proof-needed`; `conflict` when another one was chosen meanwhile
    public Instant run(SignedIn who, @Nullable String code, @Nullable String current) {
        var chosen = FolderCode.chosen(code);
        var before = hash(who.member());
        if (current == null) {
            if (before.isPresent() || hasLocked(who.member())) {
                requireProof(who);
            }
        } else if (!hashing.matches(FolderCode.typed(current), tries.take(who.member()))) {
            throw UnlockFolder.wrong();
        }
        String hash = hashing.hash(chosen);
        return Objects.requireNonNull(room.transaction.execute(_ -> {
            room.spaces.requireOpen(who.member());
            if (!write(who.member(), before.orElse(null), hash)) {
                throw Problem.CONFLICT.because("Another code was chosen meanwhile.");
            }
            if (before.isPresent() && current == null) {
                room.audit.record(AuditAction.LOCKED_FOLDER_RESET, who.member());
            }
            folders.closeToAll(who.member());
            var until = folders.open(who);
            events.publishEvent(new LockedFolderChanged(who.member(), lockings(who.member())));
            return until;
        }));
    }

    private Optional<String> hash(MemberId owner) {
        return sql.sql("SELECT code_hash FROM storage.locked_folder WHERE owner_id = :owner").param("owner", owner.value()).query(String.class).optional();
    }

    /// Without a code there are some after a recovery from the originals alone, which know no codes.
    private boolean hasLocked(MemberId owner) {
        return sql.sql("SELECT EXISTS (SELECT FROM storage.picture WHERE owner_id = :owner AND locked)").param("owner", owner.value()).query(Boolean.class).single();
    }

    private void requireProof(SignedIn who) {
        if (!who.hasProvedItself(clock.instant())) {
            throw Problem.PROOF_NEEDED.because("Confirm your password and renew the session, or sign in again, and repeat this within "
                    + SignedIn.PROOF_LASTS.toMinutes() + " minutes. Or send the code until now as \"current\".");
        }
    }

    /// @return false when it is not as it was `before`
    private boolean write(MemberId owner, @Nullable String before, String hash) {
        var statement = before == null
                ? "INSERT INTO storage.locked_folder (owner_id, code_hash, tries_full_at) VALUES (:owner, :hash, :now) ON CONFLICT DO NOTHING"
                : "UPDATE storage.locked_folder SET code_hash = :hash, tries_full_at = :now WHERE owner_id = :owner AND code_hash = :before";
        var query = sql.sql(statement).param("owner", owner.value()).param("hash", hash).param("now", clock.instant().atOffset(ZoneOffset.UTC));
        return (before == null ? query : query.param("before", before)).update() == 1;
    }

    private long lockings(MemberId owner) {
        return sql.sql("SELECT lockings FROM storage.locked_folder WHERE owner_id = :owner").param("owner", owner.value()).query(Long.class).single();
    }
}
