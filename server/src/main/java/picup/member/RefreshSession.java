package picup.member;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.audit.AuditAction;
import picup.platform.security.EndedSessions;

/// Changes a refresh token for the next one and a new access token. A refresh token is good once; when it comes again,
/// either the thief or the owner is late, nobody can tell which, and the session ends for both (RFC 9700, section 4.14).
///
/// **Two tabs.** They share one cookie and wake at the same moment, so the same token comes twice without any thief. The
/// row lock puts them in order, and the later one gets *the same* next token, computed again by
/// [RefreshToken#successor]. (Another new one for the later tab would be wrong: which of the two answers sets the cookie last is
/// chance, and the loser's token would be taken for a theft ten minutes later.) The same mends an answer that was lost on
/// its way to a phone.
///
/// **What the grace gives a thief** who is no later than that: the token that the owner has too. They then hold the same
/// token, and the first of them to use it gives the other away. The discovery comes one rotation later, it is not lost.
@Component
public class RefreshSession {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshSession.class);

    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final EndedSessions endedSessions;
    private final MemberSettings settings;
    private final MemberAudit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    RefreshSession(Sessions sessions, TokenIssuer tokens, EndedSessions endedSessions, MemberSettings settings,
            MemberAudit audit, TransactionTemplate transaction, InstantSource clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.endedSessions = endedSessions;
        this.settings = settings;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    public sealed interface Outcome {
        record Refreshed(OpenSession session) implements Outcome {}

        /// By a sign-out, by age, by a replay, or it never was.
        record Ended() implements Outcome {}
    }

    private sealed interface Step {
        record Next(Sessions.Session session, RefreshToken token) implements Step {}

        record Replay(Sessions.Session session) implements Step {}

        record Over() implements Step {}
    }

    public Outcome refresh(String refreshToken) {
        var token = RefreshToken.parse(refreshToken);
        if (token.isEmpty()) {
            return new Outcome.Ended();
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (transaction.execute(_ -> step(token.get(), now))) {
            case Step.Next(var session, var next) ->
                new Outcome.Refreshed(tokens.issue(session.id(), session.member(), session.administrator(), session.provedAt(), next, now));
            case Step.Replay(var session) -> {
                endedSessions.add(session.id());
                LOG.warn("A refresh token of session {} of member {} was used twice; the session has ended", session.id(), session.member());
                yield new Outcome.Ended();
            }
            case Step.Over() -> new Outcome.Ended();
        };
    }

    private Step step(RefreshToken token, Instant now) {
        var session = sessions.lock(token).orElse(null);
        if (session == null || session.isOver(now)) {
            return new Step.Over();
        }
        byte[] hash = token.secretHash();
        if (MessageDigest.isEqual(hash, session.tokenHash())) {
            byte[] nonce = RefreshToken.nonce();
            var successor = token.successor(nonce);
            sessions.rotate(session, successor, nonce, now);
            return new Step.Next(session, successor);
        }
        if (wasJustRotated(session, hash, now)) {
            return new Step.Next(session, token.successor(session.successorNonce()));
        }
        sessions.end(session.id(), now);
        audit.record(AuditAction.REFRESH_TOKEN_REUSED, null, session.member());
        return new Step.Replay(session);
    }

    private boolean wasJustRotated(Sessions.Session session, byte[] hash, Instant now) {
        return session.rotatedAt() != null
                && !now.isAfter(session.rotatedAt().plus(settings.rotationGrace()))
                && MessageDigest.isEqual(hash, session.previousTokenHash());
    }
}
