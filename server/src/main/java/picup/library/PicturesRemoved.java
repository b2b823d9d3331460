package picup.library;

import java.util.List;
import java.util.UUID;
import picup.platform.MemberId;

/// Pictures were deleted for good. Published in the transaction, under the [Items#lock].
public record PicturesRemoved(MemberId owner, List<UUID> pictures) {}
