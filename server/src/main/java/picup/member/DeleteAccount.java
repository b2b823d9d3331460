package picup.member;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.MemberDeleted;
import picup.events.Outbox;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Removes an account and everything of it in this module, in one transaction with the news of it; the tables refer to the
/// account and go with it. The name is free from then on. The pictures follow by the news.
///
/// **Who looks after the rest.** The last administrator stays while there are other members. Deletions of administrators
/// lock the table against each other and against sign-ups: of two administrators who leave at once the second sees that it
/// is the last. When nobody is left, the next who signs up is the first once more.
@Component
public class DeleteAccount {
    private final Accounts accounts;
    private final Instance instance;
    private final Outbox outbox;
    private final EndedSessions endedSessions;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    DeleteAccount(Accounts accounts, Instance instance, Outbox outbox, EndedSessions endedSessions, MemberAudit audit,
            TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.instance = instance;
        this.outbox = outbox;
        this.endedSessions = endedSessions;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    public enum Outcome { DELETED, NO_SUCH_ACCOUNT, LAST_ADMINISTRATOR }

    /// @param actor the administrator who does it
    public Outcome delete(MemberId actor, MemberId member) {
        return delete(actor, member, null);
    }

    /// @param passwordHash only if the account still has this one
    Outcome delete(MemberId actor, MemberId member, @Nullable String passwordHash) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var outcome = transaction.execute(status -> {
            var result = remove(actor, member, passwordHash, now);
            if (result != Outcome.DELETED) {
                status.setRollbackOnly();
            }
            return result;
        });
        if (outcome == Outcome.DELETED) {
            endedSessions.addAllOf(member, now);
            instance.memberLeft();
        }
        return outcome;
    }

    private Outcome remove(MemberId actor, MemberId member, @Nullable String passwordHash, Instant now) {
        var account = accounts.find(member).orElse(null);
        if (account == null) {
            return Outcome.NO_SUCH_ACCOUNT;
        }
        boolean administrator = account.administrator();
        if (administrator) {
            accounts.lockAll();
        }
        var change = accounts.nextChange(member, passwordHash);
        if (change.isEmpty()) {
            return Outcome.NO_SUCH_ACCOUNT;
        }
        if (administrator && !accounts.canSpare(member)) {
            return Outcome.LAST_ADMINISTRATOR;
        }
        accounts.remove(member);
        audit.record(AuditAction.ACCOUNT_DELETED, actor, member, account.username());
        outbox.publish(new MemberDeleted(Ids.next(), member, change.get(), now));
        return Outcome.DELETED;
    }
}
