package picup.library.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picup.library.Picture;
import picup.platform.Cursor;

/// A page of a list of pictures.
///
/// @param next cursor of the following page; null when this is the last
record PicturePage(List<PictureJson> pictures, @Nullable String next) {
    /// @param rows  one more than `limit` when there is a following page
    /// @param place where a picture stands in the order of the list
    static PicturePage of(WholePictures whole, List<Picture> rows, int limit, Function<Picture, Cursor> place) {
        boolean more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new PicturePage(whole.all(shown), more ? place.apply(shown.getLast()).text() : null);
    }
}
