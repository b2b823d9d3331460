package picup.library.locked;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import picup.library.LockedFolderChanged;
import picup.library.OpenFolders;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.security.SignedIn;

/// Opens the locked folder to one session, by its code, and closes it.
@Component
public class UnlockFolder {
    private final Tries tries;
    private final CodeHashing hashing;
    private final OpenFolders folders;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    UnlockFolder(Tries tries, CodeHashing hashing, OpenFolders folders, JdbcClient sql, TransactionTemplate transaction, ApplicationEventPublisher events) {
        this.tries = tries;
        this.hashing = hashing;
        this.folders = folders;
        this.sql = sql;
        this.transaction = transaction;
        this.events = events;
    }

    /// @param chosen    whether there is a code
    /// @param openUntil null while it is closed to who asks; each use puts it off
    /// @param lockings  how often pictures were put in, ever. A browser that knows fewer drops what it keeps of pictures
    public record LockedFolder(boolean chosen, @Nullable Instant openUntil, long lockings) {}

    public LockedFolder state(MemberId owner) {
        return lockings(owner).map(lockings -> new LockedFolder(true, folders.openUntil(owner).orElse(null), lockings)).orElse(new LockedFolder(false, null, 0));
    }

    private Optional<Long> lockings(MemberId owner) {
        return sql.sql("SELECT lockings FROM storage.locked_folder WHERE owner_id = :owner").param("owner", owner.value()).query(Long.class).optional();
    }

    /// @throws ProblemException `wrong-code`, `too-many-attempts`, `no-locked-folder`
    public LockedFolder run(SignedIn who, @Nullable String code) {
        var typed = FolderCode.typed(code);
        String hash = tries.take(who.member());
        if (!hashing.matches(typed, hash)) {
            throw wrong();
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            if (!tries.fill(who.member(), hash)) {
                throw wrong(); // it was right until a moment ago
            }
            folders.open(who);
            tell(who.member());
            return state(who.member());
        }));
    }

    static ProblemException wrong() {
        return Problem.WRONG_CODE.because("This is not the code of the locked folder.");
    }

    /// Closes it to the session that asks.
    @Transactional
    public void lock(SignedIn who) {
        folders.close(who);
        tell(who.member());
    }

    private void tell(MemberId owner) {
        lockings(owner).ifPresent(lockings -> events.publishEvent(new LockedFolderChanged(owner, lockings)));
    }
}
