package picup.library.album;

import java.util.UUID;
import picup.platform.MemberId;
import picup.platform.news.Topic;

/// An album is shown differently now. Published in the transaction; told to the owner's browsers after it. What happens to pictures that are in
/// albums is told by [picup.library.LibraryChanged].
///
/// @param change `made`, `edited` (its name, cover, place or how it is shown), `contents` (what is in it, or in which order), `deleted`, `restored`
public record AlbumChanged(MemberId owner, UUID album, String change) {
    public static final Topic<AlbumChanged> TOPIC = new Topic<>("album-changed", AlbumChanged.class);
}
