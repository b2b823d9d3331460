package picup.member.administration;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.events.MemberReinstated;
import picup.events.MemberSuspended;
import picup.events.Outbox;
import picup.member.MemberAudit;
import picup.platform.Ids;
import picup.platform.MemberId;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Closes an account for a while, and opens it again. Its sessions end at once, and the storage side hears of it; nothing
/// that the member keeps is touched. What it was already, it stays.
///
/// **Races.** A sign-in that is under way locks the account's row before it opens a session, as the suspension does:
/// either its session is there to be ended, or it finds the account suspended.
@Component
public class SuspendMember {
    private final Members members;
    private final EndedSessions endedSessions;
    private final Outbox outbox;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    SuspendMember(Members members, EndedSessions endedSessions, Outbox outbox, MemberAudit audit, TransactionTemplate transaction,
            InstantSource clock) {
        this.members = members;
        this.endedSessions = endedSessions;
        this.outbox = outbox;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`, `LAST_ADMINISTRATOR`
    public ManagedMember suspend(MemberId actor, MemberId member) {
        List<UUID> ended = transaction.execute(_ -> close(actor, member));
        ended.forEach(endedSessions::add);
        return members.find(member).orElseThrow(ChangeRole::nobody);
    }

    private List<UUID> close(MemberId actor, MemberId member) {
        ChangeRole.requireAnother(members.lockedAdministrators(), member);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var change = members.suspend(member, now);
        if (change.isEmpty()) {
            return List.of();
        }
        outbox.publish(new MemberSuspended(Ids.next(), member, change.get(), now));
        audit.record(AuditAction.SUSPENDED, actor, member);
        return members.endSessions(member, now);
    }

    /// @throws picup.platform.ProblemException `NOT_FOUND`
    public ManagedMember reinstate(MemberId actor, MemberId member) {
        transaction.executeWithoutResult(_ -> members.reinstate(member).ifPresent(change -> {
            outbox.publish(new MemberReinstated(Ids.next(), member, change, clock.instant().truncatedTo(ChronoUnit.MICROS)));
            audit.record(AuditAction.REINSTATED, actor, member);
        }));
        return members.find(member).orElseThrow(ChangeRole::nobody);
    }
}
