package picup.member;

import org.springframework.stereotype.Component;

/// What a stranger may know of this Picup.
@Component
public class Instance {
    private final Accounts accounts;
    private final SignUpSettings settings;
    /// Threads that do not see it yet ask the database once more. Another process that is not told of the last member's
    /// leaving asks people to sign in until it starts again; signing up works there too.
    private volatile boolean founded;

    Instance(Accounts accounts, SignUpSettings settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    /// Whether nobody has signed up yet; the next who does administers the instance. Anybody may ask, so only an empty one
    /// asks its database.
    public boolean isEmpty() {
        if (!founded) {
            founded = accounts.areFounded();
        }
        return !founded;
    }

    /// Who may sign up once it is not empty.
    public SignUpMode signUp() {
        return settings.signUp();
    }

    /// It may have been the last.
    void memberLeft() {
        founded = false;
    }
}
