package picup.library;

/// What a member sees of a library without being asked for anything: the one condition that every list of pictures has, and every count. Parts are seen
/// in their item, the trash on its own page, what is locked behind a second unlock ([OpenFolders]). The archive is a list like others.
public final class Shown {
    public static final String CONDITION = "trashed_at IS NULL AND part_of IS NULL AND NOT locked";

    private Shown() {}

    /// @param table the name that `storage.picture` goes by in the statement
    public static String of(String table) {
        return "%1$s.trashed_at IS NULL AND %1$s.part_of IS NULL AND NOT %1$s.locked".formatted(table);
    }
}
