package picup.platform.jobs;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/// Payloads as JSON, so that the next release reads what this one wrote.
final class JsonPayload implements Serializer {
    private final JsonMapper json;

    JsonPayload(JsonMapper json) {
        this.json = json;
    }

    @Override
    public byte[] serialize(Object payload) {
        return json.writeValueAsBytes(payload);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] stored) {
        return json.readValue(stored, type);
    }
}
