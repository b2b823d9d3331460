package picup.decoder;

import com.drew.lang.Rational;
import com.drew.metadata.exif.GpsDirectory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where and when a receiver says that it was, as EXIF keeps it: in rationals, each of which may be divided by 0.
record EmbeddedGps(GpsDirectory gps) {

    private static final int SECONDS_A_DAY = 86_400;

    void addPlace(FactsDraft draft) {
        draft.place(degrees(GpsDirectory.TAG_LATITUDE, GpsDirectory.TAG_LATITUDE_REF, "N", "S"),
                degrees(GpsDirectory.TAG_LONGITUDE, GpsDirectory.TAG_LONGITUDE_REF, "E", "W"), altitude());
    }

    /// In UTC, as satellites have it.
    Facts.@Nullable Taken taken() {
        Rational[] parts = gps.getRationalArray(GpsDirectory.TAG_TIME_STAMP);
        String day = gps.getString(GpsDirectory.TAG_DATE_STAMP);
        if (day == null || parts == null || parts.length != 3) {
            return null;
        }
        double seconds = 0;
        for (Rational part : parts) {
            if (part.getDenominator() == 0) {
                return null;
            }
            seconds = seconds * 60 + part.doubleValue();
        }
        // A second may be a leap second, or rounded up.
        if (!(seconds >= 0 && seconds < SECONDS_A_DAY)) {
            return null;
        }
        long whole = (long) seconds;
        String time = "%02d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
        return TakenText.of("EXIF:GPSDateTime", day.strip() + " " + time, "%09d".formatted(Math.round((seconds - whole) * 1000) % 1000 * 1_000_000), "Z");
    }

    /// A hemisphere that isn't given isn't guessed: half the guesses would be on the other side of the world.
    private @Nullable Double degrees(int tag, int refTag, String positive, String negative) {
        Rational[] parts = gps.getRationalArray(tag);
        String ref = CleanText.of(gps.getString(refTag), 8);
        if (parts == null || parts.length == 0 || parts.length > 3 || ref == null) {
            return null;
        }
        double degrees = 0;
        for (int i = 0; i < parts.length; i++) {
            // A missing part is written as 0/0 by some: only the degrees must be there.
            boolean missing = parts[i].getDenominator() == 0;
            if (missing && (i == 0 || parts[i].getNumerator() != 0)) {
                return null;
            }
            degrees += missing ? 0 : parts[i].doubleValue() / Math.pow(60, i);
        }
        String hemisphere = ref.substring(0, 1).toUpperCase(Locale.ROOT);
        return hemisphere.equals(positive) ? Double.valueOf(degrees) : hemisphere.equals(negative) ? Double.valueOf(-degrees) : null;
    }

    private @Nullable Double altitude() {
        Rational metres = gps.getRational(GpsDirectory.TAG_ALTITUDE);
        if (metres == null || metres.getDenominator() == 0) {
            return null;
        }
        Integer belowSea = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
        return belowSea != null && belowSea == 1 ? -metres.doubleValue() : metres.doubleValue();
    }
}
