package picup.library;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picup.decoder.Facts;
import picup.decoder.Recipe;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Facts that are more than one value, as columns of `storage.picture`: JSON that nothing searches.
public final class FactColumns {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<Facts.Face>> FACES = new TypeReference<>() {};

    private FactColumns() {}

    public static @Nullable String json(@Nullable Object fact) {
        return fact == null ? null : JSON.writeValueAsString(fact);
    }

    static Facts.@Nullable Panorama panorama(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, Facts.Panorama.class);
    }

    static @Nullable Recipe recipe(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, Recipe.class);
    }

    static List<Facts.Face> faces(@Nullable String json) {
        return json == null ? List.of() : JSON.readValue(json, FACES);
    }
}
