package picup.member;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import picup.platform.hashing.SlowHashing;

/// Hashes passwords, as many at a time as [SignInSettings] says; the rest are refused with 503.
@Component
class PasswordHashing {
    private final SlowHashing hashing;

    PasswordHashing(PasswordEncoder encoder, SignInSettings settings) {
        this.hashing = new SlowHashing(encoder, "password-hashing", settings.hashingThreads(), settings.hashingQueue());
    }

    static PasswordEncoder argon2id() {
        return SlowHashing.argon2id();
    }

    String hash(Password password) {
        return hashing.hash(password.clear());
    }

    /// @param hash null when there is no such account; the answer is then no, and takes as long
    boolean matches(Password password, @Nullable String hash) {
        return hashing.matches(password.clear(), hash);
    }

    int waiting() {
        return hashing.waiting();
    }
}
