package picup.library;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names that phones give to the pictures of a burst: `00001IMG_00001_BURST20200601120000120_COVER.jpg`.
public final class BurstName {
    /// The time to the second is the same in all names of a burst; of the milliseconds some phones write those of each picture.
    private static final Pattern NAME = Pattern.compile("(?:^|[^A-Za-z])BURST(\\d{14})\\d*(_COVER)?(?=[._]|$)");

    private BurstName() {}

    /// What joins pictures whose files themselves do not say that they are of one burst.
    ///
    /// @return null when the name is none of a burst
    static @Nullable String idOf(String folder, String fileName) {
        var name = NAME.matcher(fileName);
        return name.find() ? "name:" + folder + "/" + name.group(1) : null;
    }

    /// Whether the phone took this for the best of its burst.
    public static boolean isCover(String fileName) {
        var name = NAME.matcher(fileName);
        return name.find() && name.group(2) != null;
    }
}
