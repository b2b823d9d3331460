package picup.media;

import picup.platform.MemberId;
import picup.storage.Digest;

/// An original cannot be shown. It stays, and can be downloaded.
///
/// @param reason a stable code: those of the decoder, or `DECODER_LOST`
public record OriginalUnreadable(MemberId owner, Digest digest, String reason) {}
