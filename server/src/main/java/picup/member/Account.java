package picup.member;

import picup.platform.MemberId;

/// A member as the member sees it.
public record Account(MemberId id, String username, String displayName, boolean administrator) {}
