package picup.media;

import picup.decoder.Facts;
import picup.platform.MemberId;
import picup.storage.Digest;

/// What an original says about itself was read again. Published inside the transaction that listeners join.
public record FactsRead(MemberId owner, Digest digest, Facts facts) {}
