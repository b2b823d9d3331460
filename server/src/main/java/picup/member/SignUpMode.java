package picup.member;

/// Who may sign up. The very first member always may: somebody must be able to begin.
public enum SignUpMode {
    /// Everybody who reaches the server.
    OPEN,
    /// Who has an invitation of an administrator.
    INVITATION,
    /// Nobody, invitations included.
    CLOSED
}
