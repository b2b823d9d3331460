package picup.library.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import picup.library.search.SearchPictures;
import picup.library.search.SearchQuery;
import picup.library.search.ShowFacets;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;

/// Pictures by words, and what there is to look for.
@RestController
@RequestMapping("/api/pictures")
class SearchController {
    private final SearchPictures searching;
    private final ShowFacets facets;
    private final WholePictures whole;

    SearchController(SearchPictures searching, ShowFacets facets, WholePictures whole) {
        this.searching = searching;
        this.facets = facets;
        this.whole = whole;
    }

    /// @param next  cursor of the following page; null when this is the last
    /// @param count of all pages, up to 1,000; only with the first page
    /// @param more  than 1,000; only with the first page
    record SearchPage(List<PictureJson> pictures, @Nullable String next, @Nullable Integer count, @Nullable Boolean more) {}

    /// Pictures that have every word of `q` in their description, tags, file name, camera, place or kind, or are of the time that it names; newest first.
    /// The beginning of a word does, and neither case nor accents count. `favourites` finds those only.
    @GetMapping("/search")
    SearchPage search(MemberId member, @RequestParam(required = false) @Nullable String q, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var query = SearchQuery.of(q);
        int size = PageLimit.of(limit);
        var page = PicturePage.of(whole, searching.page(member, query, cursor == null ? null : Cursor.of(cursor), size + 1), size,
                picture -> new Cursor(picture.takenAt(), picture.id()));
        if (cursor != null) {
            return new SearchPage(page.pictures(), page.next(), null, null);
        }
        int count = page.next() == null ? page.pictures().size() : searching.count(member, query);
        return new SearchPage(page.pictures(), page.next(), Math.min(count, SearchPictures.COUNTED), count > SearchPictures.COUNTED);
    }

    /// Towns, cameras, years and kinds of which there are pictures.
    @GetMapping("/facets")
    ShowFacets.Facets facets(MemberId member) {
        return facets.of(member);
    }
}
