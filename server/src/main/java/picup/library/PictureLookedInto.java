package picup.library;

import java.util.UUID;
import picup.decoder.Facts;
import picup.platform.MemberId;

/// What a file says about itself has just been written into its row. Published in that transaction, which holds the
/// [Items#lock], so that sidecars and the other files of its item can have their say.
///
/// @param facts of the file alone
public record PictureLookedInto(MemberId owner, UUID picture, Facts facts) {}
