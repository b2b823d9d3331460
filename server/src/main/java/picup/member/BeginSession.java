package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;

/// Opens a session for a member who has proved who they are by something other than the password. What holds for every way in
/// is decided here. Joins the surrounding transaction, where the proof is used up.
@Component
public class BeginSession {
    private final Accounts accounts;
    private final Sessions sessions;
    private final TokenIssuer tokens;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    BeginSession(Accounts accounts, Sessions sessions, TokenIssuer tokens, TransactionTemplate transaction, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Empty when the account has gone.
    ///
    /// @param userAgent what the device calls itself
    public Optional<OpenSession> begin(MemberId member, String userAgent) {
        var token = RefreshToken.random();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transaction.execute(_ -> accounts.hold(member).map(account ->
                tokens.issue(sessions.start(member, token, userAgent, now), member, account.administrator(), now, token, now)));
    }
}
