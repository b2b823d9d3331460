package picup.storage;

/// Damaged bytes have been replaced by good ones, which were read back. Published in the transaction that writes it down.
public record OriginalHealed(Digest digest) {}
