package picup.storage;

/// Bytes that arrived completely but belong to nothing yet, and whose digest has been made of them.
public sealed interface ArrivedOriginal permits StagedOriginal, SentOriginal {
    Digest digest();

    long sizeBytes();
}
