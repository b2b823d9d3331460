package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What libvips makes of known pixels, without a format around them. `edit/tones.json` was computed from the formulas in the documentation of [ToneCurves],
/// by neither of the two programs that must agree: the web app's test reads the same table.
class RetouchedTest {
    private static final Recipe.Crop ALL = Recipe.Crop.ALL;
    private static final Recipe.Tones NEUTRAL = Recipe.Tones.NEUTRAL;

    @BeforeAll
    static void libvips() {
        Vips.start();
    }

    /// Rows of pixels; each is known by its red, and the rest tells channels apart.
    private record Grid(int width, int height, int bands, byte[] pixels) {
        static Grid numbered(int width, int height) {
            byte[] pixels = new byte[width * height * 3];
            for (int at = 0; at < width * height; at++) {
                pixels[3 * at] = (byte) at;
                pixels[3 * at + 1] = (byte) (at % width * 9);
                pixels[3 * at + 2] = (byte) (at / width * 13);
            }
            return new Grid(width, height, 3, pixels);
        }

        Grid by(Recipe recipe) throws Vips.Failure {
            try (Arena arena = Arena.ofConfined();
                    VipsImage image = VipsImage.copyOf(arena.allocateFrom(ValueLayout.JAVA_BYTE, pixels), width, height, bands);
                    VipsImage made = Retouched.of(image, recipe)) {
                return new Grid(made.width(), made.height(), made.bands(), made.pixels());
            }
        }

        int at(int x, int y) {
            return pixels[(y * width + x) * bands] & 255;
        }
    }

    @Test
    void turnsMirrorsAndCropsAreExactToThePixel() throws Exception {
        Grid grid = Grid.numbered(12, 20);
        for (int turns = 0; turns < 4; turns++) {
            for (boolean mirrored : new boolean[] {false, true}) {
                Grid whole = grid.by(new Recipe(turns, mirrored, 0, ALL, NEUTRAL));
                Grid part = grid.by(new Recipe(turns, mirrored, 0, new Recipe.Crop(0.25, 0.5, 0.5, 0.25), NEUTRAL));
                int width = turns % 2 == 0 ? 12 : 20;
                int height = turns % 2 == 0 ? 20 : 12;
                assertThat(List.of(whole.width, whole.height, part.width, part.height)).as("turns %d", turns).containsExactly(width, height, width / 2, height / 4);
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        int column = mirrored ? width - 1 - x : x;
                        int expected = switch (turns) {
                            case 0 -> grid.at(column, y);
                            case 1 -> grid.at(y, 19 - column);
                            case 2 -> grid.at(11 - column, 19 - y);
                            default -> grid.at(11 - y, column);
                        };
                        assertThat(whole.at(x, y)).as("turns %d, mirrored %s, %d, %d", turns, mirrored, x, y).isEqualTo(expected);
                    }
                }
                for (int y = 0; y < part.height; y++) {
                    for (int x = 0; x < part.width; x++) {
                        assertThat(part.at(x, y)).isEqualTo(whole.at(x + width / 4, y + height / 2));
                    }
                }
            }
        }
    }

    @Test
    void straighteningTurnsClockwiseAboutTheCentre() throws Exception {
        int side = 101;
        byte[] pixels = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                // Green to the right of the centre, red below it; black elsewhere.
                pixels[3 * (y * side + x)] = (byte) (y > 75 ? 255 : 0);
                pixels[3 * (y * side + x) + 1] = (byte) (x > 75 ? 255 : 0);
            }
        }
        Recipe recipe = new Recipe(0, false, 45, new Recipe.Crop(0.2, 0.2, 0.6, 0.6), NEUTRAL);
        recipe.requireWithin(side, side);
        Grid made = new Grid(side, side, 3, pixels).by(recipe);

        assertThat(made.width).isEqualTo(61);
        assertThat(made.height).isEqualTo(61);
        // What was right of the centre is below and right of it now, what was below is below and left.
        assertThat(colour(made, 55, 55)).containsExactly(0, 255, 0);
        assertThat(colour(made, 5, 55)).containsExactly(255, 0, 0);
        assertThat(colour(made, 5, 5)).containsExactly(0, 0, 0);
        assertThat(colour(made, 55, 5)).containsExactly(0, 0, 0);
        assertThat(colour(made, 30, 30)).containsExactly(0, 0, 0);
    }

    @Test
    void aSmallAngleHasNoDarkCorners() throws Exception {
        byte[] white = new byte[300 * 200 * 3];
        java.util.Arrays.fill(white, (byte) 255);
        Recipe recipe = new Recipe(0, false, 5, new Recipe.Crop(0.08, 0.08, 0.84, 0.84), NEUTRAL);
        recipe.requireWithin(300, 200);
        assertThat(new Grid(300, 200, 3, white).by(recipe).pixels).containsOnly(255);
    }

    @Test
    void everySliderDoesWhatItsFormulaSays() throws Exception {
        List<String> differences = new ArrayList<>();
        int checked = 0;
        for (JsonNode row : table()) {
            JsonNode tones = row.get("tones");
            Recipe recipe = new Recipe(0, false, 0, ALL, new Recipe.Tones(slider(tones, "exposure"), slider(tones, "contrast"), slider(tones, "highlights"),
                    slider(tones, "shadows"), slider(tones, "warmth"), slider(tones, "saturation")));
            JsonNode pixels = row.get("pixels");
            byte[] before = new byte[pixels.size() * 3];
            for (int i = 0; i < before.length; i++) {
                before[i] = (byte) pixels.get(i / 3).get(0).get(i % 3).asInt();
            }
            byte[] after = new Grid(pixels.size(), 1, 3, before).by(recipe).pixels;
            for (int i = 0; i < after.length; i++) {
                int known = pixels.get(i / 3).get(1).get(i % 3).asInt();
                if ((after[i] & 255) != known) {
                    differences.add(tones + " of " + pixels.get(i / 3).get(0) + ", channel " + i % 3 + ": " + (after[i] & 255) + ", not " + known);
                }
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(700);
        assertThat(differences).isEmpty();
    }

    @Test
    void whatIsTransparentStaysSo() throws Exception {
        byte[] pixels = {10, 100, (byte) 200, 0, 10, 100, (byte) 200, 77};
        Grid made = new Grid(2, 1, 4, pixels).by(new Recipe(0, true, 0, ALL, new Recipe.Tones(30, 0, 0, 0, 0, -100)));
        assertThat(made.bands).isEqualTo(4);
        assertThat(made.pixels[3]).isEqualTo((byte) 77);
        assertThat(made.pixels[7]).isEqualTo((byte) 0);
        assertThat(made.pixels[0]).isEqualTo(made.pixels[1]).isEqualTo(made.pixels[2]);
    }

    private static int[] colour(Grid grid, int x, int y) {
        int at = (y * grid.width + x) * 3;
        return new int[] {grid.pixels[at] & 255, grid.pixels[at + 1] & 255, grid.pixels[at + 2] & 255};
    }

    private static int slider(JsonNode tones, String name) {
        return tones.path(name).asInt(0);
    }

    private static JsonNode table() throws IOException {
        try (InputStream in = RetouchedTest.class.getResourceAsStream("/edit/tones.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}
