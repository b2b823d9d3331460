package picup.decoder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which time zone a place is in: a tree over the map of the world, 70 KB of text.
///
/// The world is a grid of 48 by 24 cells, each of which is a zone or is cut into four, and so on. Two characters of base 56 are a
/// zone, counted from the end, or the way to the next four. The data are those of the npm package `@photostructure/tz-lookup`
/// (CC0), which has them from timezone-boundary-builder; decision 24 says how the file was made. Near a border the smallest cell is some
/// kilometres wide, and the tree may be wrong there: then the hour is, not the day.
public final class TimeZones {

    private static final int COLUMNS = 48;
    private static final int ROWS = 24;

    /// `56 * '#' + '#'`: the digits begin at `#`.
    private static final int ZERO = 57 * '#';

    private static final int BASE = 56;
    private static final int DIGIT_CHARS = 2;
    private static final int NUMBERS = BASE * BASE;

    private static @Nullable TimeZones loaded;

    private final String tree;
    private final List<String> names;

    private TimeZones(String tree, List<String> names) {
        this.tree = tree;
        this.names = List.copyOf(names);
    }

    /// Read when it is first asked: most files are videos without a place or photos with an offset of their own.
    public static synchronized TimeZones load() {
        if (loaded == null) {
            loaded = read();
        }
        return loaded;
    }

    private static TimeZones read() {
        try (InputStream in = TimeZones.class.getResourceAsStream("time-zones.txt")) {
            if (in == null) {
                throw new IllegalStateException("time-zones.txt is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            String tree = lines.readLine();
            List<String> names = new ArrayList<>();
            for (String name = lines.readLine(); name != null; name = lines.readLine()) {
                names.add(name);
            }
            return new TimeZones(tree, names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param latitude  -90 to 90
    /// @param longitude -180 to 180
    /// @return none where Java doesn't know the zone by its name
    public Optional<ZoneId> at(double latitude, double longitude) {
        try {
            return Optional.of(ZoneId.of(nameAt(latitude, longitude)));
        } catch (DateTimeException newerThanJava) {
            return Optional.empty();
        }
    }

    List<String> names() {
        return names;
    }

    private String nameAt(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no place on earth: " + latitude + ", " + longitude);
        }
        // The far edges belong to the last cell.
        double x = Math.min(COLUMNS * (180 + longitude) / 360, Math.nextDown((double) COLUMNS));
        double y = Math.min(ROWS * (90 - latitude) / 180, Math.nextDown((double) ROWS));
        int number = number((int) y * COLUMNS + (int) x);
        int block = -1;
        while (number + names.size() < NUMBERS) {
            block += number + 1;
            x = (x - (int) x) * 2;
            y = (y - (int) y) * 2;
            number = number(COLUMNS * ROWS + block * 4 + (int) y * 2 + (int) x);
        }
        return names.get(number + names.size() - NUMBERS);
    }

    private int number(int cell) {
        int at = cell * DIGIT_CHARS;
        return BASE * tree.charAt(at) + tree.charAt(at + 1) - ZERO;
    }
}
