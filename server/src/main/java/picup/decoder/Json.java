package picup.decoder;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON of strangers, read by [JsonReader]. Numbers and truths stay as they are written, for whoever knows what they ought to
/// be; a null isn't there.
sealed interface Json {

    record Text(String text) implements Json {}

    record Items(List<Json> items) implements Json {
        public Items {
            items = List.copyOf(items);
        }
    }

    record Fields(Map<String, Json> fields) implements Json {
        public Fields {
            fields = Map.copyOf(fields);
        }
    }

    /// @return none where the path leads nowhere
    default @Nullable Json at(String... path) {
        Json here = this;
        for (String name : path) {
            here = here instanceof Fields(Map<String, Json> fields) ? fields.get(name) : null;
        }
        return here;
    }

    default @Nullable String text(String... path) {
        return at(path) instanceof Text(String text) ? text : null;
    }

    /// A single value is a list of one: ExifTool writes it so.
    default List<Json> items(String... path) {
        return switch (at(path)) {
            case Items(List<Json> items) -> items;
            case Json single -> List.of(single);
            case null -> List.of();
        };
    }

    default @Nullable Double number(String... path) {
        return Numbers.of(text(path));
    }
}
