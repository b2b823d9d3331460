package picup.member;

import java.util.Optional;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Who a member is, to that member.
@Component
public class Profile {
    private final Accounts accounts;

    Profile(Accounts accounts) {
        this.accounts = accounts;
    }

    /// Empty when the account has gone while its access token lives on.
    public Optional<Account> of(MemberId member) {
        return accounts.find(member);
    }
}
