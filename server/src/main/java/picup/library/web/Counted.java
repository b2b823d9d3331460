package picup.library.web;

/// How much came of a request about many pictures.
///
/// @param count how many pictures it was done to; those unknown, another's or already so do not count
record Counted(int count) {}
