package picup.decoder;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<Facts.Face> faces = new ArrayList<>();

    boolean hasTaken() {
        return taken != null;
    }

    boolean hasPlace() {
        return place != null;
    }

    /// The first that is found counts; callers ask in order of precedence.
    void taken(Facts.@Nullable Taken found) {
        taken = taken == null ? found : taken;
    }

    void place(@Nullable Double latitude, @Nullable Double longitude, @Nullable Double altitude) {
        if (place == null && latitude != null && longitude != null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
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

    void description(@Nullable String text) {
        description = description == null ? CleanText.description(text) : description;
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

    void tag(@Nullable String text) {
        String tag = CleanText.name(text);
        if (tag != null && tags.size() < Facts.MAX_TAGS) {
            tags.add(tag);
        }
    }

    void face(Facts.Face face) {
        if (faces.size() < Facts.MAX_FACES) {
            faces.add(face);
        }
    }

    Facts still(Renditions.Made made) {
        return facts(made.size(), made.thumbHash(), null);
    }

    Facts facts(Renditions.Size size, @Nullable String thumbHash, Facts.@Nullable Clip clip) {
        Facts.Image image = new Facts.Image(size.width(), size.height(), size.orientation(), size.frames(), hdr, colourProfile, panorama);
        return new Facts(image, taken, place, new Facts.Camera(make, model, lens, iso, exposureSeconds, fNumber, focalLengthMm), clip, words(),
                new Facts.Ties(liveId, burstId), thumbHash);
    }

    /// Of a sidecar.
    ///
    /// @param title name of the picture's file
    SidecarFacts sidecar(@Nullable String title, boolean favourite) {
        return new SidecarFacts(CleanText.name(title), taken, place, words(), favourite);
    }

    private Facts.Words words() {
        return new Facts.Words(rating, description, List.copyOf(tags), faces);
    }

    private static boolean positive(@Nullable Double number) {
        double value = Objects.requireNonNullElse(number, Double.NaN);
        return value > 0 && value < 1e8;
    }
}
