package picup.library.search;

/// What a search may find of its owner's pictures, in one place. Archived ones, too: they are out of sight, not away. The trigger
/// `storage.count_facets` counts by the same condition.
final class Seen {
    static final String CONDITION = "trashed_at IS NULL AND part_of IS NULL";

    private Seen() {}
}
