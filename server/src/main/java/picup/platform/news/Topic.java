package picup.platform.news;

/// What news is about.
///
/// @param name stable: processes of two releases may run side by side
/// @param type of the news; travels as JSON, so it grows only by optional fields
public record Topic<T>(String name, Class<T> type) {}
