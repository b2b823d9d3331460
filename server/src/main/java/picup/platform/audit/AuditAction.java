package picup.platform.audit;

import java.util.Locale;

/// Everything that the audit log can tell. Kept by its name in kebab case, and shown by the web app in the words of
/// `audit.<name>`; names stay, as what was written stays.
public enum AuditAction {
    SIGNED_UP,
    SIGNED_IN,
    /// Too many wrong passwords; told once an hour for each account and network.
    SIGN_IN_BLOCKED,
    PASSWORD_CHANGED,
    /// The first one, of who came by an account elsewhere.
    PASSWORD_CHOSEN,
    /// By the owner of the machine, with `./picup member`.
    PASSWORD_RESET,
    SESSION_ENDED,
    API_KEY_MADE,
    API_KEY_REVOKED,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    SECOND_FACTOR_ADDED,
    SECOND_FACTOR_REMOVED,
    /// By an administrator, or the owner of the machine with `./picup member`.
    SECOND_FACTOR_RESET,
    RECOVERY_CODES_RENEWED,
    RECOVERY_CODE_USED,
    INVITATION_MADE,
    INVITATION_WITHDRAWN,
    SIGNED_OUT_EVERYWHERE,
    /// A refresh token came twice, so somebody may have stolen it.
    REFRESH_TOKEN_REUSED,
    MADE_ADMINISTRATOR,
    UNMADE_ADMINISTRATOR,
    SUSPENDED,
    REINSTATED,
    ACCOUNT_DELETED,
    QUOTA_SET,
    DEAD_LETTER_REPLAYED,
    DEAD_LETTER_DISCARDED,
    DECODING_PAUSED,
    DECODING_RESUMED,
    /// How many decoders there may be at a time, and how much memory.
    DECODING_LIMITED,
    /// The scrub found that the bytes of an original are missing or altered; by nobody.
    ORIGINAL_DAMAGED,
    ORIGINAL_HEALED,
    /// The code of the locked folder was forgotten and replaced, after a proof of the account.
    LOCKED_FOLDER_RESET;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
