package picup.member;

import java.util.Optional;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Lets members choose how others see them.
@Component
public class ChangeDisplayName {
    private final Accounts accounts;

    ChangeDisplayName(Accounts accounts) {
        this.accounts = accounts;
    }

    /// Empty when the account has gone while its access token lives on.
    ///
    /// @throws IllegalArgumentException when the name breaks a rule
    public Optional<Account> change(MemberId member, String displayName) {
        return accounts.rename(member, DisplayName.of(displayName));
    }
}
