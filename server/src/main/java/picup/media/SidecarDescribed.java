package picup.media;

import picup.decoder.SidecarFacts;
import picup.platform.MemberId;
import picup.storage.Digest;

/// What a sidecar says about its picture. Published inside the transaction that listeners join.
public record SidecarDescribed(MemberId owner, Digest digest, SidecarFacts facts) {}
