package picup.library.web;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import picup.library.Items;
import picup.library.Picture;
import picup.library.place.Places;
import picup.library.sidecar.Sidecar;
import picup.library.sidecar.Sidecars;
import picup.storage.Health;
import picup.storage.HealthRecords;

/// Pictures with all that belongs to them: four queries a page, however many pictures are on it.
@Component
class WholePictures {
    private final Items items;
    private final Sidecars sidecars;
    private final Places places;
    private final HealthRecords health;

    WholePictures(Items items, Sidecars sidecars, Places places, HealthRecords health) {
        this.health = health;
        this.places = places;
        this.items = items;
        this.sidecars = sidecars;
    }

    PictureJson one(Picture picture) {
        return all(List.of(picture)).getFirst();
    }

    /// @param pictures of one owner
    List<PictureJson> all(List<Picture> pictures) {
        if (pictures.isEmpty()) {
            return List.of();
        }
        var owner = pictures.getFirst().owner();
        var parts = items.partsOf(owner, pictures.stream().map(Picture::id).toList());
        var partsOfCover = parts.stream().collect(groupingBy(Items.Part::cover));
        var coverOf = new HashMap<UUID, UUID>();
        pictures.forEach(each -> coverOf.put(each.id(), each.id()));
        parts.forEach(each -> coverOf.put(each.id(), each.cover()));
        Map<UUID, List<Sidecar>> sidecarsOfCover = new HashMap<>();
        sidecars.ofPictures(owner, coverOf.keySet()).forEach(each ->
                sidecarsOfCover.computeIfAbsent(coverOf.get(each.picture()), _ -> new ArrayList<>()).add(each));
        var known = health.of(pictures.stream().map(Picture::digest).toList());
        var towns = places.named(pictures.stream().map(Picture::placeId));
        return pictures.stream().map(each -> PictureJson.of(each, towns.get(each.placeId()), known.getOrDefault(each.digest(), Health.UNKNOWN), partsOfCover.getOrDefault(each.id(), List.of()),
                sidecarsOfCover.getOrDefault(each.id(), List.of()))).toList();
    }
}
