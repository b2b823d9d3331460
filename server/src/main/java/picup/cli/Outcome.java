package picup.cli;

/// What became of one file.
sealed interface Outcome {
    record Added() implements Outcome {}

    record AlreadyThere() implements Outcome {}

    /// It says something about a picture, and is kept beside it, or until that comes.
    record Sidecar() implements Outcome {}

    record InTrash() implements Outcome {}

    /// It was deleted for good once, and nobody asked to bring it back.
    record DeletedBefore() implements Outcome {}

    /// The server will not take this file, now or at another try.
    record Refused(String reason) implements Outcome {}

    /// It was not possible this time.
    record Failed(String reason) implements Outcome {}
}
