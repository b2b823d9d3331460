package picup.member;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.events.MemberRenamed;
import picup.events.Outbox;
import picup.platform.Ids;
import picup.platform.MemberId;

/// Lets members choose how others see them.
@Component
public class ChangeDisplayName {
    private final Accounts accounts;
    private final Outbox outbox;
    private final InstantSource clock;

    ChangeDisplayName(Accounts accounts, Outbox outbox, InstantSource clock) {
        this.accounts = accounts;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Empty when the account has gone while its access token lives on.
    ///
    /// @throws picup.platform.BadValue when the name breaks a rule
    @Transactional
    public Optional<Account> change(MemberId member, String displayName) {
        var changed = accounts.rename(member, DisplayName.of(displayName));
        changed.ifPresent(account -> outbox.publish(new MemberRenamed(Ids.next(), member, account.change(),
                account.account().displayName(), clock.instant().truncatedTo(ChronoUnit.MICROS))));
        return changed.map(Accounts.Changed::account);
    }
}
