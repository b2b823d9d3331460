package picup.storage;

import java.util.UUID;

/// Bytes that their client sent to the store itself, joined and read back.
///
/// @param id of the upload
public record SentOriginal(DirectParts parts, UUID id, Digest digest, long sizeBytes) implements ArrivedOriginal {}
