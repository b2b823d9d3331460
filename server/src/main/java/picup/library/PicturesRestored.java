package picup.library;

import java.util.List;
import java.util.UUID;
import picup.platform.MemberId;

/// Pictures are out of the trash again, where nothing was joined to them. Published in the transaction, under the
/// [Items#lock].
public record PicturesRestored(MemberId owner, List<UUID> pictures) {}
