package picup.library.place;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Which town a point on earth belongs to, without asking anybody: the populated places of GeoNames with 500 people or more, in columns
/// that lie in cells of one degree. Some 7 MB, read when it is first asked and let go when memory is short.
///
/// The nearest middle would be wrong in every large city, whose suburbs have names of their own: a point at the river in Seoul is nearer to a
/// village across the hill. So a town reaches around its middle as far as its people need, and the one counts whose edge is nearest
/// (an additively weighted Voronoi diagram). `server/src/places/make.mjs` makes the file and says how far that is; decision 43 says why.
public final class Gazetteer {

    /// Beyond that, on the sea or in a desert, no town would say where it was.
    private static final double FARTHEST_KM = 60;

    /// Of a degree of latitude, with the mean radius of the earth.
    private static final double DEGREE_KM = 111.19;
    private static final int ROWS = 180;
    private static final int COLUMNS = 360;
    private static final double UNIT_DEGREES = 1e-5;
    private static final double UNIT_REACH_KM = 0.01;

    private static SoftReference<@Nullable Gazetteer> loaded = new SoftReference<>(null);

    private final int[] ids;
    private final int[] latitudes;
    private final int[] longitudes;
    private final short[] reaches;
    private final short[] regions;
    private final String[] regionLines;
    private final byte[] names;
    private final int[] nameEnds;
    private final int[] cells = new int[ROWS * COLUMNS + 1];

    private Gazetteer(DataInputStream in) throws IOException {
        int count = in.readInt();
        ids = ints(in, count);
        latitudes = ints(in, count);
        longitudes = ints(in, count);
        reaches = shorts(in, count);
        regions = shorts(in, count);
        regionLines = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8).split("\n");
        names = in.readNBytes(in.readInt());
        nameEnds = new int[count];
        for (int at = 0, name = 0; at < names.length; at++) {
            if (names[at] == '\n') {
                nameEnds[name++] = at;
            }
        }
        for (int at = 0; at < count; at++) {
            cells[cell(row(latitudes[at] * UNIT_DEGREES), column(longitudes[at] * UNIT_DEGREES)) + 1] = at + 1;
        }
        for (int cell = 1; cell < cells.length; cell++) {
            cells[cell] = Math.max(cells[cell], cells[cell - 1]);
        }
    }

    private static int[] ints(DataInputStream in, int count) throws IOException {
        var column = new int[count];
        for (int at = 0; at < count; at++) {
            column[at] = in.readInt();
        }
        return column;
    }

    private static short[] shorts(DataInputStream in, int count) throws IOException {
        var column = new short[count];
        for (int at = 0; at < count; at++) {
            column[at] = in.readShort();
        }
        return column;
    }

    public static synchronized Gazetteer load() {
        var known = loaded.get();
        if (known == null) {
            known = read();
            loaded = new SoftReference<>(known);
        }
        return known;
    }

    private static Gazetteer read() {
        try (InputStream in = Gazetteer.class.getResourceAsStream("towns.gz")) {
            if (in == null) {
                throw new IllegalStateException("towns.gz is missing");
            }
            return new Gazetteer(new DataInputStream(new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param latitude  -90 to 90
    /// @param longitude -180 to 180
    /// @return none where no town is near
    public Optional<Town> at(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no place on earth: " + latitude + ", " + longitude);
        }
        double widthKm = DEGREE_KM * Math.cos(Math.toRadians(latitude));
        int sideways = (int) Math.min(COLUMNS / 2 - 1, Math.ceil(FARTHEST_KM / Math.max(widthKm, 1)));
        int nearest = -1;
        double nearestEdgeKm = Double.MAX_VALUE;
        int row = row(latitude);
        int column = column(longitude);
        for (int r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
            for (int c = column - sideways; c <= column + sideways; c++) {
                int cell = cell(r, Math.floorMod(c, COLUMNS));
                for (int at = cells[cell]; at < cells[cell + 1]; at++) {
                    double north = (latitudes[at] * UNIT_DEGREES - latitude) * DEGREE_KM;
                    double east = Math.IEEEremainder(longitudes[at] * UNIT_DEGREES - longitude, COLUMNS) * widthKm;
                    double distanceKm = Math.hypot(north, east);
                    double edgeKm = distanceKm - Short.toUnsignedInt(reaches[at]) * UNIT_REACH_KM;
                    if (distanceKm <= FARTHEST_KM && edgeKm < nearestEdgeKm) {
                        nearest = at;
                        nearestEdgeKm = edgeKm;
                    }
                }
            }
        }
        return nearest < 0 ? Optional.empty() : Optional.of(town(nearest));
    }

    int count() {
        return ids.length;
    }

    private Town town(int at) {
        int begin = at == 0 ? 0 : nameEnds[at - 1] + 1;
        var name = new String(names, begin, nameEnds[at] - begin, StandardCharsets.UTF_8).split("\t");
        var region = regionLines[Short.toUnsignedInt(regions[at])].split("\t", -1);
        return new Town(ids[at], name[0], name.length > 1 ? name[1] : null, known(region[1]), known(region[2]), region[0]);
    }

    private static @Nullable String known(String name) {
        return name.isEmpty() ? null : name;
    }

    private static int row(double latitude) {
        return (int) Math.min(ROWS - 1, Math.floor(latitude + 90));
    }

    private static int column(double longitude) {
        return (int) Math.min(COLUMNS - 1, Math.floor(longitude + 180));
    }

    private static int cell(int row, int column) {
        return row * COLUMNS + column;
    }
}
