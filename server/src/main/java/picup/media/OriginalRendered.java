package picup.media;

import java.util.List;
import picup.decoder.Facts;
import picup.platform.MemberId;
import picup.storage.Digest;

/// An original was looked into. Published inside the transaction that listeners join.
///
/// @param renditions file names, as [Renditions#find] takes them
public record OriginalRendered(MemberId owner, Digest digest, Facts facts, List<String> renditions) {}
