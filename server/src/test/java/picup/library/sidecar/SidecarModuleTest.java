package picup.library.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.decoder.SidecarFacts;
import picup.library.EditPicture;
import picup.library.ImportPicture;
import picup.library.LibraryByHand;
import picup.library.LibraryByHand.Said;
import picup.library.Picture;
import picup.library.Pictures;
import picup.library.Trash;
import picup.media.SidecarDescribed;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.jobs.Priority;
import picup.storage.Originals;
import picup.storage.Spaces;

class SidecarModuleTest extends RunningPicup {
    private static final LocalDateTime NOON = Said.NOON;
    private static final LocalDateTime EVENING = NOON.plusHours(7);

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private ImportSidecar importing;

    @Autowired
    private Sidecars sidecars;

    @Autowired
    private Originals originals;

    @Autowired
    private Pictures pictures;

    @Autowired
    private EditPicture edit;

    @Autowired
    private Trash trash;

    @Autowired
    private Spaces spaces;

    private LibraryByHand library;

    @BeforeEach
    void anEmptyLibrary() {
        library = libraryOf(MemberId.random());
    }

    private LibraryByHand libraryOf(MemberId owner) {
        return new LibraryByHand(owner, database, transaction, events);
    }

    /// Its content is another each time; what it says is what the test says, as a decoder would.
    private ImportSidecar.Outcome.Kept send(String folder, String name, FileKind kind, String content) throws IOException {
        try (var staged = originals.stage(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), 1000)) {
            return (ImportSidecar.Outcome.Kept) importing.run(new ImportSidecar.Upload(library.owner(), staged, kind, folder, name, Priority.BULK));
        }
    }

    private ImportSidecar.Outcome.Kept send(String folder, String name, SidecarFacts says) throws IOException {
        var kept = send(folder, name, name.endsWith(".xmp") ? FileKind.XMP : FileKind.TAKEOUT, folder + name + says);
        describe(kept, says);
        return kept;
    }

    private void describe(ImportSidecar.Outcome.Kept kept, SidecarFacts says) {
        var digest = sidecars.require(library.owner(), kept.sidecar()).digest();
        transaction.executeWithoutResult(_ -> events.publishEvent(new SidecarDescribed(library.owner(), digest, says)));
    }

    private static SidecarFacts says(@Nullable LocalDateTime taken, @Nullable Integer rating, @Nullable String description, String... tags) {
        return new SidecarFacts(null, taken == null ? null : new Facts.Taken(taken, null, "XMP:DateTimeOriginal"), null,
                new Facts.Words(rating, description, List.of(tags), List.of()), false);
    }

    private Picture now(UUID id) {
        return pictures.require(library.owner(), id);
    }

    @Test
    void aSidecarThatComesFirstWaitsForItsPicture() throws Exception {
        var kept = send("a", "x.jpg.xmp", says(EVENING, 4, "written", "sea"));
        assertThat(kept.picture()).isNull();
        assertThat(sidecars.countWaiting(library.owner())).isEqualTo(1);
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.at(NOON));
        assertThat(now(id).rating()).isEqualTo(4);
        assertThat(now(id).description()).isEqualTo("written");
        assertThat(now(id).detail().tags()).containsExactly("sea");
        assertThat(now(id).takenAt()).as("the file's own time is the camera's").isEqualTo(NOON);
        assertThat(sidecars.countWaiting(library.owner())).isZero();
    }

    /// The same files, in every order that an import with four uploads at once may bring about, show the same.
    @Test
    void theOrderInWhichFilesComeDoesNotMatter() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            library = libraryOf(MemberId.random());
            List<Step> steps = new ArrayList<>(List.of(
                    () -> library.show("t", "IMG_1.jpg", FileKind.JPEG, Said.NOTHING),
                    () -> library.show("t", "IMG_1(1).jpg", FileKind.JPEG, Said.NOTHING),
                    () -> library.show("t", "IMG_1-edited.jpg", FileKind.JPEG, Said.NOTHING),
                    () -> library.show("t", "R.CR2", FileKind.RAW, Said.at(NOON)),
                    () -> library.show("t", "R.JPG", FileKind.JPEG, Said.at(NOON)),
                    () -> send("t", "IMG_1.jpg.json", says(EVENING, null, "first")),
                    () -> send("t", "IMG_1.jpg(1).json", says(EVENING.plusDays(1), null, "second")),
                    () -> send("t", "R.xmp", says(EVENING, 5, "raw", "a", "b"))));
            Collections.shuffle(steps, new Random(seed));
            for (var step : steps) {
                step.run();
            }
            var names = List.of("IMG_1.jpg", "IMG_1(1).jpg", "IMG_1-edited.jpg", "R.CR2", "R.JPG");
            for (var name : names) {
                library.look("t", name, name.endsWith("CR2") ? FileKind.RAW : FileKind.JPEG, name.startsWith("R") ? Said.at(NOON) : Said.NOTHING);
            }
            assertThat(shown()).as("seed " + seed).containsExactlyInAnyOrder(
                    "IMG_1.jpg " + EVENING + " null first", "IMG_1(1).jpg " + EVENING.plusDays(1) + " null second", "IMG_1-edited.jpg " + EVENING + " null first",
                    "R.CR2 " + NOON + " 5 raw", "R.JPG " + NOON + " 5 raw");
            assertThat(sidecars.countWaiting(library.owner())).isZero();
            assertThat(database.sql("SELECT p.file_name FROM storage.sidecar s JOIN storage.picture p ON p.owner_id = s.owner_id AND p.id = s.picture_id WHERE s.owner_id = ?")
                    .param(library.owner().value()).query(String.class).list()).containsExactlyInAnyOrder("IMG_1.jpg", "IMG_1(1).jpg", "R.CR2");
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private List<String> shown() {
        return database.sql("SELECT * FROM storage.picture WHERE owner_id = ?").param(library.owner().value()).query(Pictures::row).list().stream()
                .map(each -> each.fileName() + " " + each.takenAt() + " " + each.rating() + " " + each.description()).toList();
    }

    @Test
    void theSameSidecarTwiceIsOneAndChargedOnce() throws Exception {
        var first = send("a", "x.jpg.xmp", FileKind.XMP, "content");
        var second = send("a", "x.jpg.xmp", FileKind.XMP, "content");
        assertThat(first.added()).isTrue();
        assertThat(second).isEqualTo(new ImportSidecar.Outcome.Kept(first.sidecar(), null, false));
        send("b", "x.jpg.xmp", FileKind.XMP, "content");
        assertThat(spaces.of(library.owner()).usedBytes()).isEqualTo("content".length());
    }

    @Test
    void aNewerOneOfTheSameNameCountsInsteadOfTheOlder() throws Exception {
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.at(NOON));
        send("a", "x.jpg.xmp", says(null, 2, "older", "old"));
        clock.advance(java.time.Duration.ofMinutes(1));
        send("a", "x.jpg.xmp", says(null, 3, null));
        library.look("a", "x.jpg", FileKind.JPEG, Said.at(NOON));
        assertThat(now(id).rating()).isEqualTo(3);
        assertThat(now(id).description()).isNull();
        assertThat(now(id).detail().tags()).isEmpty();
        assertThat(sidecars.ofPictures(library.owner(), List.of(id))).as("both can be had as they came").hasSize(2);
        clock.advance(java.time.Duration.ofMinutes(1));
        send("a", "x.jpg.xmp", says(null, 2, "older", "old"));
        library.look("a", "x.jpg", FileKind.JPEG, Said.at(NOON));
        assertThat(now(id).rating()).as("sent again, it is the newest again").isEqualTo(2);
    }

    @Test
    void whatAPersonEditedCountsBeforeEverySidecar() throws Exception {
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.NOTHING);
        edit.run(library.owner(), id, new EditPicture.Edit("mine", 1, false, null, new ImportPicture.TakenAt(NOON, 3600), List.of("my"), null));
        send("a", "x.jpg.json", new SidecarFacts(null, new Facts.Taken(EVENING, 0, "Takeout"), new Facts.Place(1, 2, null),
                new Facts.Words(5, "theirs", List.of("their"), List.of()), true));
        library.look("a", "x.jpg", FileKind.JPEG, Said.NOTHING);
        var picture = now(id);
        assertThat(picture.description()).isEqualTo("mine");
        assertThat(picture.rating()).isEqualTo(1);
        assertThat(picture.takenAt()).isEqualTo(NOON);
        assertThat(picture.detail().tags()).containsExactly("my");
        assertThat(picture.favourite()).isFalse();
        assertThat(picture.latitude()).as("nobody edited the place").isEqualTo(1);
    }

    @Test
    void takeoutFillsWhatTheFileLeavesOpen() throws Exception {
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.NOTHING);
        send("a", "x.jpg.supplemental-metad.json", new SidecarFacts("x.jpg", new Facts.Taken(EVENING, 0, "Takeout"), new Facts.Place(43, 11, 5.0), Facts.Words.NONE, true));
        library.look("a", "x.jpg", FileKind.JPEG, Said.NOTHING);
        assertThat(now(id).takenAt()).isEqualTo(EVENING);
        assertThat(now(id).takenAtSource()).isEqualTo("Takeout");
        assertThat(now(id).latitude()).isEqualTo(43);
        assertThat(now(id).favourite()).isTrue();
    }

    @Test
    void aTitleFindsThePictureThatTheNameDoesNot() throws Exception {
        var id = library.show("a", "Strand.jpg", FileKind.JPEG, Said.NOTHING);
        var titled = new SidecarFacts("Strand.jpg", null, null, new Facts.Words(null, "the beach", List.of(), List.of()), false);
        send("a", "export-7.json", titled);
        library.look("a", "Strand.jpg", FileKind.JPEG, Said.NOTHING);
        assertThat(now(id).description()).isEqualTo("the beach");
        assertThat(sidecars.countWaiting(library.owner())).isZero();
    }

    /// Cameras begin anew at 0001, and a browser that is given single files knows no folder.
    @Test
    void withoutAFolderASidecarSpeaksOfOnePictureOnly() throws Exception {
        var old = library.show("", "IMG_0001.jpg", FileKind.JPEG, Said.at(NOON.minusYears(3)));
        var kept = send("", "IMG_0001.jpg.xmp", says(null, 5, "then"));
        assertThat(kept.picture()).isEqualTo(old);
        database.sql("UPDATE storage.picture SET digest = sha256('other') WHERE owner_id = ? AND id = ?").params(library.owner().value(), old).update();
        var recent = library.show("", "IMG_0001.jpg", FileKind.JPEG, Said.at(NOON));
        assertThat(now(recent).rating()).isNull();
        assertThat(now(recent).description()).isNull();
    }

    @Test
    void inAnotherFolderItIsAnothersSidecar() throws Exception {
        send("2019", "x.jpg.xmp", says(null, 5, "2019"));
        var id = library.show("2020", "x.jpg", FileKind.JPEG, Said.at(NOON));
        assertThat(now(id).rating()).isNull();
        assertThat(sidecars.countWaiting(library.owner())).isEqualTo(1);
    }

    @Test
    void aSidecarGoesWithItsPictureAndItsCharge() throws Exception {
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.at(NOON));
        send("a", "x.jpg.xmp", says(null, 5, "gone"));
        send("a", "other.jpg.xmp", says(null, 5, "waits"));
        long both = spaces.of(library.owner()).usedBytes();
        trash.put(library.owner(), List.of(id));
        trash.deleteForGood(library.owner(), List.of(id));
        assertThat(sidecars.page(library.owner(), new UUID(0, 0), 10)).extracting(Sidecar::fileName).containsExactly("other.jpg.xmp");
        assertThat(spaces.of(library.owner()).usedBytes()).isPositive().isLessThan(both);
    }

    @Test
    void whatSpeaksOfBothStaysWithTheOther() throws Exception {
        var raw = library.show("a", "R.CR2", FileKind.RAW, Said.at(NOON));
        var jpeg = library.show("a", "R.JPG", FileKind.JPEG, Said.at(NOON.plusHours(1)));
        send("a", "R.xmp", says(null, 5, "both"));
        trash.put(library.owner(), List.of(raw));
        trash.deleteForGood(library.owner(), List.of(raw));
        assertThat(sidecars.ofPictures(library.owner(), List.of(jpeg))).hasSize(1);
    }
}
