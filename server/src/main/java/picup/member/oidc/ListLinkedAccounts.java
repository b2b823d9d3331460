package picup.member.oidc;

import java.util.List;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Shows members by which accounts elsewhere they can sign in.
@Component
public class ListLinkedAccounts {
    private final LinkedAccounts accounts;
    private final Providers providers;

    ListLinkedAccounts(LinkedAccounts accounts, Providers providers) {
        this.accounts = accounts;
        this.providers = providers;
    }

    /// Oldest first.
    public List<LinkedAccount> of(MemberId member) {
        return accounts.of(member).stream()
                .map(row -> new LinkedAccount(row.id(), providers.byIssuer(row.issuer()).map(Providers.Provider::name).orElse(row.issuer()),
                        row.name(), row.createdAt(), row.lastUsedAt()))
                .toList();
    }
}
