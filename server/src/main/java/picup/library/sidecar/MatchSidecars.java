package picup.library.sidecar;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.FileKind;
import picup.library.Picture;
import picup.library.Pictures;
import picup.platform.MemberId;

/// Finds the picture that a sidecar speaks of, and the sidecars that speak of a picture, whichever came first.
///
/// **Two pictures of one name.** Cameras count to 9999 and begin anew. In a folder that was sent as a whole a name is there once, so
/// whatever fits is meant, the JPEG beside the RAW too. Without a folder, a sidecar speaks of the one picture that it was
/// matched with, and of what was taken in the same moment under the same name.
///
/// Everything here happens under the owner's lock ([picup.library.Items]).
@Component
class MatchSidecars {
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);
    private static final int MOST = 300;

    private final JdbcClient sql;
    private final Pictures pictures;
    private final Sidecars sidecars;

    MatchSidecars(JdbcClient sql, Pictures pictures, Sidecars sidecars) {
        this.sql = sql;
        this.pictures = pictures;
        this.sidecars = sidecars;
    }

    private record Fitting(Picture picture, SidecarTarget.Fit fit) {
        /// A name that says no kind is meant for the RAW first: that is why there is a file beside it. Of equals, the one that
        /// came last.
        static final Comparator<Fitting> BEST = Comparator.comparing(Fitting::fit).thenComparing(each -> each.picture.kind() != FileKind.RAW)
                .thenComparing(each -> each.picture.id(), Comparator.reverseOrder());
    }

    /// Matches a sidecar that waits.
    ///
    /// @return its picture, if that has come
    @Nullable UUID match(Sidecar sidecar) {
        if (sidecar.picture() != null) {
            return sidecar.picture();
        }
        var best = fitting(sidecar).stream().min(Fitting.BEST);
        best.ifPresent(found -> sidecars.match(sidecar.owner(), sidecar.id(), found.picture().id()));
        return best.map(found -> found.picture().id()).orElse(null);
    }

    /// Matches a sidecar whose picture is gone with another of its folder.
    ///
    /// @return false when there is none
    boolean matchAnew(Sidecar sidecar) {
        if (sidecar.folder().isEmpty()) {
            return false;
        }
        var best = fitting(sidecar).stream().filter(each -> !each.picture().id().equals(sidecar.picture())).min(Fitting.BEST);
        best.ifPresent(found -> sidecars.match(sidecar.owner(), sidecar.id(), found.picture().id()));
        return best.isPresent();
    }

    private List<Fitting> fitting(Sidecar sidecar) {
        var target = sidecar.target();
        var found = sql.sql("""
                SELECT * FROM storage.picture
                WHERE owner_id = :owner AND folder = :folder AND (storage.stem(file_name) COLLATE "C" = ANY (:stems)
                   OR :cut AND storage.stem(file_name) COLLATE "C" >= :beginning AND storage.stem(file_name) COLLATE "C" < :beginning || chr(1114111))
                ORDER BY id DESC LIMIT :most
                """)
                .param("owner", sidecar.owner().value()).param("folder", sidecar.folder())
                .param("stems", target.stems(sidecar.titleTarget()).toArray(String[]::new)).param("cut", target.cut()).param("beginning", target.text())
                .param("most", MOST).query(Pictures::row).list();
        return found.stream().flatMap(picture -> Optional.ofNullable(target.fits(picture.fileName(), sidecar.titleTarget()))
                .map(fit -> new Fitting(picture, fit)).stream()).toList();
    }

    /// Those of whom a sidecar has something to say.
    List<Picture> about(Sidecar sidecar) {
        return fitting(sidecar).stream().map(Fitting::picture).filter(picture -> speaks(sidecar, picture)).toList();
    }

    /// The sidecars that have something to say of a picture, the newest of each name, newest first. Those that waited for it, or
    /// that fit it better than what they were matched with, are its own from now on.
    List<Sidecar> of(Picture picture) {
        var names = new HashSet<String>();
        return sidecars.about(picture.owner(), picture.item().folder(), picture.fileName()).stream()
                .filter(each -> each.target().fits(picture.fileName(), each.titleTarget()) != null)
                .map(each -> claimed(each, picture))
                .filter(each -> speaks(each, picture))
                .filter(each -> names.add(each.fileName())) // they come newest first
                .toList();
    }

    private Sidecar claimed(Sidecar sidecar, Picture picture) {
        var before = sidecar.picture() == null ? Optional.<Picture>empty() : pictures.find(picture.owner(), sidecar.picture());
        boolean better = before.isEmpty() || speaks(sidecar, picture) && better(sidecar, picture, before.get());
        if (!better) {
            return sidecar;
        }
        sidecars.match(picture.owner(), sidecar.id(), picture.id());
        return sidecars.find(picture.owner(), sidecar.id()).orElseThrow();
    }

    private static boolean better(Sidecar sidecar, Picture now, Picture before) {
        var target = sidecar.target();
        var fitNow = Objects.requireNonNull(target.fits(now.fileName(), sidecar.titleTarget()));
        var fitBefore = target.fits(before.fileName(), sidecar.titleTarget());
        return fitBefore == null || fitNow.compareTo(fitBefore) < 0
                || fitNow == fitBefore && now.kind() == FileKind.RAW && before.kind() != FileKind.RAW;
    }

    private boolean speaks(Sidecar sidecar, Picture picture) {
        if (!sidecar.folder().isEmpty() || picture.id().equals(sidecar.picture())) {
            return true;
        }
        return sidecar.picture() != null && pictures.find(picture.owner(), sidecar.picture()).filter(other ->
                SidecarTarget.stem(SidecarTarget.folded(other.fileName())).equals(SidecarTarget.stem(SidecarTarget.folded(picture.fileName())))
                        && Duration.between(other.takenAt(), picture.takenAt()).abs().compareTo(SAME_MOMENT) <= 0).isPresent();
    }
}
