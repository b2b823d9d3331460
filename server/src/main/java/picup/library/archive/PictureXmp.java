package picup.library.archive;

import java.util.List;
import org.springframework.stereotype.Component;
import picup.library.Picture;

/// What Picup knows of one picture, as a file that photo programs read beside its original.
@Component
public class PictureXmp {
    private final ArchiveRows rows;

    PictureXmp(ArchiveRows rows) {
        this.rows = rows;
    }

    public String of(Picture picture) {
        return Xmp.of(picture, rows.albumsOf(picture.owner(), List.of(picture.id())).getOrDefault(picture.id(), List.of()));
    }
}
