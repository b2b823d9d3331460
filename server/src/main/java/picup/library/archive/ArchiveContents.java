package picup.library.archive;

import java.util.List;
import org.springframework.stereotype.Component;
import picup.library.OpenFolders;
import picup.platform.MemberId;

/// How much an archive would be, before anybody begins to load it.
@Component
public class ArchiveContents {
    /// The files that say what is known of a picture, with their places in the archive.
    private static final long COMPANIONS_BYTES = 2_500;

    /// @param sizeBytes of the originals
    public record Year(int year, long pictures, long sizeBytes) {}

    /// @param sizeBytes about; the archive is within a few parts in a thousand of it
    /// @param years     latest first; each can be had for itself
    /// @param leftOut   files of the locked folder, while that is closed: whoever takes an archive and leaves must know
    public record Contents(long pictures, long sizeBytes, List<Year> years, long leftOut) {}

    private final ArchiveRows rows;
    private final OpenFolders folders;

    ArchiveContents(ArchiveRows rows, OpenFolders folders) {
        this.rows = rows;
        this.folders = folders;
    }

    public Contents of(MemberId owner) {
        boolean open = folders.isOpen(owner);
        var years = rows.years(owner, open).stream().map(each ->
                new Year(each.year(), each.pictures(), each.sizeBytes() + each.pictures() * COMPANIONS_BYTES)).toList();
        return new Contents(years.stream().mapToLong(Year::pictures).sum(), years.stream().mapToLong(Year::sizeBytes).sum(), years, open ? 0 : rows.countLocked(owner, null));
    }
}
