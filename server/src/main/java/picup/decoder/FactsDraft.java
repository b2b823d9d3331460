package picup.decoder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Facts while they are being collected. What is impossible is dropped here, one by one: a wrong latitude is no reason to
/// lose the date.
final class FactsDraft {

    private Facts.@Nullable Taken taken;
    private Facts.@Nullable Place place;
    private @Nullable String make;
    private @Nullable String model;
    private @Nullable String lens;
    private @Nullable Integer iso;
    private @Nullable Double exposureSeconds;
    private @Nullable Double fNumber;
    private @Nullable Double focalLengthMm;
    private @Nullable Integer rating;
    private @Nullable String description;
    private @Nullable String liveId;
    private @Nullable String burstId;
    private @Nullable String colourProfile;
    private boolean hdr;
    private Facts.@Nullable Panorama panorama;
    private @Nullable Sphere sphere;
    private boolean takenInUtc;
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> keywords = new LinkedHashSet<>();
    private final List<FaceRegion> faces = new ArrayList<>();

    /// The wall clock of the place. The first that is found and can be true counts; callers ask in order of precedence.
    void taken(Facts.@Nullable Taken found) {
        taken(found, false);
    }

    /// A clock that shows UTC wherever it is. Where the place is known, what the clocks there showed is made of it.
    void takenInUtc(Facts.@Nullable Taken found) {
        taken(found, true);
    }

    private void taken(Facts.@Nullable Taken found, boolean inUtc) {
        if (taken == null && found != null && PlausibleTime.of(found.at(), Instant.now())) {
            taken = found;
            takenInUtc = inUtc;
        }
    }

    /// The place where both are exactly 0 lies in the Atlantic, and is where receivers without a signal are.
    void place(@Nullable Double latitude, @Nullable Double longitude, @Nullable Double altitude) {
        boolean known = latitude != null && longitude != null && (latitude != 0 || longitude != 0);
        if (place == null && known && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
            boolean plausible = altitude != null && Math.abs(altitude) <= 100_000;
            place = new Facts.Place(latitude, longitude, plausible ? altitude : null);
        }
    }

    void make(@Nullable String text) {
        make = make == null ? CleanText.name(text) : make;
    }

    void model(@Nullable String text) {
        model = model == null ? CleanText.name(text) : model;
    }

    void lens(@Nullable String text) {
        // Cameras without a lens in front write dashes.
        if (lens == null && text != null && !text.matches("[-0 ./mf]*")) {
            lens = CleanText.name(text);
        }
    }

    void iso(@Nullable Double number) {
        iso = iso == null && positive(number) ? Integer.valueOf((int) Math.max(1, Math.round(number))) : iso;
    }

    void exposureSeconds(@Nullable Double number) {
        exposureSeconds = exposureSeconds == null && positive(number) ? number : exposureSeconds;
    }

    void fNumber(@Nullable Double number) {
        fNumber = fNumber == null && positive(number) ? number : fNumber;
    }

    void focalLengthMm(@Nullable Double number) {
        focalLengthMm = focalLengthMm == null && positive(number) ? number : focalLengthMm;
    }

    void rating(@Nullable Double number) {
        if (rating == null && number != null && number >= -1 && number <= 5) {
            rating = (int) Math.round(number);
        }
    }

    /// Microsoft's: 1, 25, 50, 75 and 99 percent are one to five stars. Others write what lies between.
    void ratingPercent(@Nullable Double percent) {
        if (percent != null && percent >= 0 && percent <= 100) {
            rating(percent == 0 ? 0.0 : Math.floor((percent + 12) / 25) + 1);
        }
    }

    /// Cameras write their own names there as well.
    void description(@Nullable String text) {
        String written = DescriptionText.of(text);
        if (description == null && written != null && !written.equalsIgnoreCase(make) && !written.equalsIgnoreCase(model)) {
            description = written;
        }
    }

    void liveId(@Nullable String text) {
        liveId = liveId == null ? CleanText.name(text) : liveId;
    }

    void burstId(@Nullable String text) {
        burstId = burstId == null ? CleanText.name(text) : burstId;
    }

    void colourProfile(@Nullable String text) {
        colourProfile = colourProfile == null ? CleanText.name(text) : colourProfile;
    }

    void hdr() {
        hdr = true;
    }

    void panorama(Facts.@Nullable Panorama found) {
        panorama = panorama == null ? found : panorama;
    }

    void sphere(@Nullable Sphere found) {
        sphere = sphere == null ? found : sphere;
    }

    /// @param text with `|` between its levels, if it has several
    void tag(@Nullable String text) {
        add(tags, text);
    }

    /// A word that may be a level of a tag: Lightroom and digiKam write both, for programs that know no hierarchies.
    void keyword(@Nullable String text) {
        add(keywords, text);
    }

    private static void add(Set<String> words, @Nullable String text) {
        String word = CleanText.name(text);
        if (word != null && words.size() < Facts.MAX_TAGS) {
            words.add(word);
        }
    }

    /// @return whether it is one
    boolean face(@Nullable FaceRegion face) {
        if (face != null && faces.size() < Facts.MAX_FACES) {
            faces.add(face);
        }
        return face != null;
    }

    Facts still(Renditions.Made made) {
        return facts(made.size(), made.thumbHash(), null);
    }

    Facts facts(Renditions.Size size, @Nullable String thumbHash, Facts.@Nullable Clip clip) {
        Facts.Panorama wide = panorama != null || sphere == null ? panorama : sphere.over(size.width(), size.height());
        Facts.Image image = new Facts.Image(size.width(), size.height(), size.orientation(), size.frames(), hdr, colourProfile, wide);
        List<Facts.Face> shown = faces.stream().map(face -> face.shown(size.orientation(), size.width(), size.height())).toList();
        return new Facts(image, localTaken(), place, new Facts.Camera(make, model, lens, iso, exposureSeconds, fNumber, focalLengthMm), clip,
                words(shown), new Facts.Ties(liveId, burstId), thumbHash);
    }

    /// Of a sidecar.
    ///
    /// @param title name of the picture's file
    SidecarFacts sidecar(@Nullable String title, boolean favourite) {
        List<Facts.Face> asStored = faces.stream().map(face -> face.shown(1, 1, 1)).toList();
        return new SidecarFacts(CleanText.name(title), localTaken(), place, words(asStored), favourite);
    }

    private Facts.@Nullable Taken localTaken() {
        return taken == null || place == null ? taken : PlaceTime.of(taken, takenInUtc, place);
    }

    private Facts.Words words(List<Facts.Face> shown) {
        Set<String> levels = new HashSet<>();
        tags.forEach(tag -> levels.addAll(List.of(tag.split("\\|"))));
        List<String> all = Stream.concat(tags.stream(), keywords.stream().filter(word -> !levels.contains(word) && !tags.contains(word)))
                .limit(Facts.MAX_TAGS).toList();
        return new Facts.Words(rating, description, all, shown);
    }

    private static boolean positive(@Nullable Double number) {
        double value = Objects.requireNonNullElse(number, Double.NaN);
        return value > 0 && value < 1e8;
    }
}
