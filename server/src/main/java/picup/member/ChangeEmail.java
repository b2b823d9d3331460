package picup.member;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// Lets members say where mail reaches them, or that none should.
@Component
public class ChangeEmail {
    private final Emails emails;

    ChangeEmail(Emails emails) {
        this.emails = emails;
    }

    /// Empty when there is none.
    public Optional<String> current(MemberId member) {
        return emails.of(member);
    }

    /// @param email null for none
    /// @return false when the account has gone while its access token lives on
    /// @throws IllegalArgumentException when it is no address
    public boolean change(MemberId member, @Nullable String email) {
        return emails.set(member, Optional.ofNullable(email).map(EmailAddress::of));
    }
}
