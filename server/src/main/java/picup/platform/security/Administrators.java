package picup.platform.security;

import picup.platform.MemberId;

/// Who looks after this Picup, as the database has it at this moment. Only a process that keeps the accounts can say.
public interface Administrators {
    /// False too for one who is suspended.
    boolean contains(MemberId member);
}
