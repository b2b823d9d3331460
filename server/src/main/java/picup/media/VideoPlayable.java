package picup.media;

import java.util.List;
import picup.platform.MemberId;
import picup.storage.Digest;

/// A video can be played in every browser now, and has its hover preview.
///
/// @param renditions file names to add to those that are there
public record VideoPlayable(MemberId owner, Digest digest, List<String> renditions) {}
