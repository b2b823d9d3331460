package picup.media;

import picup.platform.MemberId;
import picup.storage.Digest;

/// Nothing can be learnt from a sidecar. It stays, and can be downloaded.
public record SidecarUnreadable(MemberId owner, Digest digest) {}
