package picup.library;

import java.util.UUID;
import picup.platform.MemberId;

/// The renditions of an original were made again, with other settings perhaps: those of its edit are to follow. Published inside the transaction that
/// listeners join.
///
/// @param number of the edit
public record EditOutdated(MemberId owner, UUID picture, int number) {}
