package picup.library.album;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;
import picup.platform.news.Topic;

/// An album is shown differently now. Published in the transaction; told to the owner's browsers after it. What happens to pictures that are in
/// albums is told by [picup.library.LibraryChanged].
///
/// @param change `made`, `edited` (its name, cover, place or how it is shown), `contents` (what is in it, or in which order), `deleted`, `restored`
/// @param pictures of `contents`: those that came, went or moved, so that a browser asks for these alone; null when they are many, or more changed than that
public record AlbumChanged(MemberId owner, UUID album, String change, @Nullable List<UUID> pictures) {
    /// More than that is loaded anew rather than put in place one by one.
    private static final int MOST_NAMED = 100;

    public static final Topic<AlbumChanged> TOPIC = new Topic<>("album-changed", AlbumChanged.class);

    static AlbumChanged contents(MemberId owner, UUID album, Collection<UUID> pictures) {
        return new AlbumChanged(owner, album, "contents", pictures.size() > MOST_NAMED ? null : List.copyOf(pictures));
    }
}
