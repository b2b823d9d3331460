package picup.library.item;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.library.BurstName;
import picup.library.Items;
import picup.library.Stem;

/// What is known of a picture that decides to which item it belongs.
///
/// @param timed whether its file, a sidecar or a person said when it was taken
record Candidate(
        UUID id, FileKind kind, String folder, String fileName, String digest, LocalDateTime takenAt, boolean timed, @Nullable String make,
        @Nullable String model, @Nullable String liveId, @Nullable String burstId, @Nullable UUID partOf, @Nullable String role, boolean coverChosen,
        boolean keptApart) {

    /// Never the order in which files arrived: whatever comes first, the same files make the same item.
    static final Comparator<Candidate> BY_NAME = Comparator.comparing(Candidate::folder).thenComparing(each -> each.fileName.toLowerCase(Locale.ROOT))
            .thenComparing(Candidate::digest);

    static final Comparator<Candidate> BEST_OF_BURST = Comparator.comparing((Candidate each) -> !each.coverChosen)
            .thenComparing(each -> !BurstName.isCover(each.fileName)).thenComparing(Candidate::takenAt).thenComparing(BY_NAME);

    /// A camera writes its RAW and its JPEG with one time; some write the second in which each file was complete.
    private static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    static final String COLUMNS = """
            id, kind, folder, file_name, encode(digest, 'hex') AS digest, taken_at,
            taken_at_source NOT IN ('client', 'upload') AS timed, make, model, live_id, burst_id, part_of, part_role, cover_chosen, kept_apart
            """;

    static Candidate of(ResultSet row, int number) throws SQLException {
        return new Candidate(row.getObject("id", UUID.class), FileKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("folder"),
                row.getString("file_name"), row.getString("digest"), row.getObject("taken_at", LocalDateTime.class), row.getBoolean("timed"),
                row.getString("make"), row.getString("model"), row.getString("live_id"), row.getString("burst_id"), row.getObject("part_of", UUID.class),
                row.getString("part_role"), row.getBoolean("cover_chosen"), row.getBoolean("kept_apart"));
    }

    boolean raw() {
        return kind == FileKind.RAW;
    }

    boolean video() {
        return kind.video();
    }

    /// Beside which a camera writes a RAW.
    boolean developed() {
        return kind == FileKind.JPEG || kind == FileKind.HEIC;
    }

    /// A still of which a burst is made.
    boolean still() {
        return !video() && !raw();
    }

    boolean isPart(UUID cover, Items.Role wanted) {
        return cover.equals(partOf) && wanted.text().equals(role);
    }

    /// The cover of its item, possibly itself.
    UUID cover() {
        return partOf == null ? id : partOf;
    }

    boolean besides(Candidate other) {
        return folder.equals(other.folder) && Stem.of(fileName).equals(Stem.of(other.fileName));
    }

    /// Whether one press of one shutter may have made both. Where a file does not say its time, only a folder that was sent
    /// as a whole vouches for it: cameras count to 9999 and begin anew.
    boolean sameShot(Candidate other) {
        boolean sameCamera = same(make, other.make) && same(model, other.model);
        boolean sameTime = timed && other.timed
                ? Duration.between(takenAt, other.takenAt).abs().compareTo(SAME_MOMENT) <= 0
                : !folder.isEmpty();
        return sameCamera && sameTime;
    }

    private static boolean same(@Nullable String mine, @Nullable String other) {
        return mine == null || other == null || Objects.equals(mine.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
