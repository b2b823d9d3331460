package picup.library.receipt;

import java.util.ArrayList;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON of which there is only one form, so that it can be signed: no spaces, members sorted by their names (RFC 8785, for what receipts have:
/// objects, lists, texts without control characters, whole numbers, truth values and null). It is what `jq -jcS` prints.
final class CanonicalJson {
    private CanonicalJson() {}

    static byte[] of(JsonMapper json, Object value) {
        return json.writeValueAsBytes(sorted(json.valueToTree(value)));
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, Object>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            var elements = new ArrayList<Object>();
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return node;
    }
}
