package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final String SAMPLE = """
            {"title": "a \\"b\\" \\u00e9\\n", "n": -1.50e+3, "yes": true, "none": null, "list": [1, "two", {"deep": []}], "empty": {}}""";

    @Test
    void valuesAreFoundByTheirNames() throws Refusal {
        Json json = JsonReader.read(SAMPLE);
        assertThat(json.text("title")).isEqualTo("a \"b\" é\n");
        assertThat(json.number("n")).isEqualTo(-1500);
        assertThat(json.text("n")).as("as written").isEqualTo("-1.50e+3");
        assertThat(json.text("yes")).isEqualTo("true");
        assertThat(json.at("none")).isNull();
        assertThat(json.items("list")).hasSize(3);
        assertThat(json.items("title")).as("a single value is a list of one").hasSize(1);
        assertThat(json.items("nowhere")).isEmpty();
        assertThat(json.text("list", "deep")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "{", "[1,]", "{\"a\" 1}", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "NaN", "Infinity", "+1", "\"\\x\"", "\"\\u12g4\"", "\"a\nb\"",
        "[1] [2]", "'a'", "\"", "truth"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(Refusal.class);
    }

    @Test
    void depthAndNumberHaveALimit() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000))).isInstanceOf(Refusal.class).hasMessageContaining("too deep");
        assertThatThrownBy(() -> JsonReader.read("[" + "1,".repeat(200_000) + "1]")).isInstanceOf(Refusal.class).hasMessageContaining("too many");
    }

    @Test
    void whateverIsWrittenItIsReadOrRefused() {
        var random = new Random(8259);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder(SAMPLE);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]\",:\\u0e-+.\0é".charAt(random.nextInt(16)));
                    default -> text.setCharAt(at, (char) random.nextInt(256));
                }
            }
            try {
                JsonReader.read(text.toString());
                read++;
            } catch (Refusal expected) {
                assertThat(expected.getMessage()).startsWith("not JSON");
            }
        }
        assertThat(read).isBetween(1_000, 49_000);
    }
}
