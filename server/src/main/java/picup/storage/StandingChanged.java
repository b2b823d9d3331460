package picup.storage;

import java.time.Instant;
import picup.platform.MemberId;

/// A member may do more or less since then. Published in the transaction.
public record StandingChanged(MemberId owner, Standing standing, Instant since) {}
