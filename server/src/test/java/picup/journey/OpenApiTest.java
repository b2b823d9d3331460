package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final Path KEPT = Path.of("src/main/resources/openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT).enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    /// `./picup openapi` writes the description anew; the diff then shows what changes for clients.
    @Test
    void theDescriptionSaysWhatTheControllersDo() throws IOException {
        var described = JSON.readValue(Product.newPerson().get("/v3/api-docs").body(), Object.class);
        var now = JSON.writeValueAsString(described) + "\n";
        if (Boolean.getBoolean("picup.openapi.write")) {
            Files.writeString(KEPT, now);
        }
        assertThat(now).as("the interface has changed: run ./picup openapi and look at the diff")
                .isEqualTo(Files.readString(KEPT, StandardCharsets.UTF_8));
    }

    @Test
    void theProductServesItsDescriptionToAnybody() {
        var served = Product.stranger().get("/openapi.json");
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.json().path("paths").size()).isGreaterThan(15);
    }
}
