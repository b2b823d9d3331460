package picup.library.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.Facts;
import picup.decoder.FileKind;
import picup.library.EditPicture;
import picup.library.LibraryByHand;
import picup.library.LibraryByHand.Said;
import picup.library.MonthStart;
import picup.library.Pictures;
import picup.library.Stem;
import picup.library.Timeline;
import picup.library.Trash;
import picup.library.album.AlbumPictures;
import picup.library.album.Albums;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.ProblemException;

class JoinPartsModuleTest extends RunningPicup {
    private static final LocalDateTime NOON = Said.NOON;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private Trash trash;

    @Autowired
    private RearrangeItem rearrange;

    @Autowired
    private Timeline timeline;

    @Autowired
    private Albums albums;

    @Autowired
    private AlbumPictures inAlbums;

    @Autowired
    private EditPicture edit;

    @Autowired
    private Pictures pictures;

    private LibraryByHand library;

    private record File(String folder, String name, FileKind kind, Said said) {}

    /// A card of a camera and the memory of two phones: every kind of item, and names that only look alike.
    private static final List<File> CARD = List.of(
            new File("phone", "IMG_1.HEIC", FileKind.HEIC, Said.at(NOON).live("live-1")),
            new File("phone", "IMG_1.MOV", FileKind.MOV, Said.at(NOON).live("live-1")),
            new File("phone", "IMG_2.HEIC", FileKind.HEIC, Said.at(NOON).live("live-2")),
            new File("phone", "IMG_2 edited.JPG", FileKind.JPEG, Said.at(NOON).live("live-2")),
            new File("phone", "IMG_2.MOV", FileKind.MOV, Said.at(NOON).live("live-2")),
            new File("camera", "DSC_1.NEF", FileKind.RAW, Said.at(NOON)),
            new File("camera", "DSC_1.JPG", FileKind.JPEG, Said.at(NOON.plusSeconds(1))),
            new File("camera/2", "DSC_1.JPG", FileKind.JPEG, Said.at(NOON)),
            new File("camera", "DSC_2.NEF", FileKind.RAW, Said.at(NOON)),
            new File("camera", "dsc_2.jpg", FileKind.JPEG, Said.at(NOON.plusSeconds(3))),
            new File("camera", "DSC_3.NEF", FileKind.RAW, Said.at(NOON).by("Other")),
            new File("camera", "DSC_3.JPG", FileKind.JPEG, Said.at(NOON)),
            new File("burst", "00000IMG_00000_BURST20200601120000000.jpg", FileKind.JPEG, Said.at(NOON)),
            new File("burst", "00001IMG_00001_BURST20200601120000120_COVER.jpg", FileKind.JPEG, Said.at(NOON.plusNanos(120_000_000))),
            new File("burst", "00002IMG_00002_BURST20200601120000240.jpg", FileKind.JPEG, Said.at(NOON.plusNanos(240_000_000))),
            new File("pro", "A1.JPG", FileKind.JPEG, Said.at(NOON).burst("b")),
            new File("pro", "A2.JPG", FileKind.JPEG, Said.at(NOON.plusSeconds(1)).burst("b")),
            new File("pro", "A2.DNG", FileKind.RAW, Said.at(NOON.plusSeconds(1)).burst("b")),
            new File("pixel", "PXL_1.RAW-01.COVER.jpg", FileKind.JPEG, Said.at(NOON)),
            new File("pixel", "PXL_1.RAW-02.ORIGINAL.dng", FileKind.RAW, Said.at(NOON)),
            new File("alone", "C.MOV", FileKind.MOV, Said.at(NOON).live("nobody's")));

    private static final List<String> ITEMS = List.of(
            "00001IMG_00001_BURST20200601120000120_COVER.jpg ← 00000IMG_00000_BURST20200601120000000.jpg as burst",
            "00001IMG_00001_BURST20200601120000120_COVER.jpg ← 00002IMG_00002_BURST20200601120000240.jpg as burst",
            "DSC_1.JPG ← DSC_1.NEF as raw", "IMG_1.HEIC ← IMG_1.MOV as live", "IMG_2.HEIC ← IMG_2.MOV as live",
            "PXL_1.RAW-01.COVER.jpg ← PXL_1.RAW-02.ORIGINAL.dng as raw", "A1.JPG ← A2.DNG as raw", "A1.JPG ← A2.JPG as burst");

    @BeforeEach
    void anEmptyLibrary() {
        library = libraryOf(MemberId.random());
    }

    private LibraryByHand libraryOf(MemberId owner) {
        return new LibraryByHand(owner, database, transaction, events);
    }

    private UUID show(File file) {
        return library.show(file.folder(), file.name(), file.kind(), file.said());
    }

    private UUID named(String name) {
        return database.sql("SELECT id FROM storage.picture WHERE owner_id = ? AND file_name = ?").params(library.owner().value(), name).query(UUID.class).single();
    }

    @Test
    void theSameFilesMakeTheSameItemsInWhicheverOrderTheyCome() {
        for (int seed = 0; seed < 20; seed++) {
            library = libraryOf(MemberId.random());
            var order = new ArrayList<>(CARD);
            Collections.shuffle(order, new Random(seed));
            order.forEach(this::show);
            assertThat(library.items()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(ITEMS);
            assertThat(library.counted()).as("seed " + seed).isEqualTo(CARD.size() - ITEMS.size());
        }
    }

    @Test
    void decodersThatAreDoneAtOnceMissNothing() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            library = libraryOf(MemberId.random());
            var order = new ArrayList<>(CARD);
            Collections.shuffle(order, new Random(seed));
            order.forEach(file -> library.add(file.folder(), file.name(), file.kind()));
            // In the month in which they stay: else they would take turns at the row that counts it, and need no lock.
            database.sql("UPDATE storage.picture SET taken_at = '2020-06-01 12:00' WHERE owner_id = ?").param(library.owner().value()).update();
            try (var threads = Executors.newFixedThreadPool(5)) {
                var done = order.stream().<Future<?>>map(file -> threads.submit(() -> library.look(file.folder(), file.name(), file.kind(), file.said()))).toList();
                for (var each : done) {
                    each.get();
                }
            }
            assertThat(library.items()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(ITEMS);
            assertThat(library.counted()).as("seed " + seed).isEqualTo(CARD.size() - ITEMS.size());
        }
    }

    /// Decoders finish, people throw away and restore, all at once: nobody waits crosswise, and no part is lost from sight.
    @Test
    void theTrashAndTheDecodersDoNotStandInEachOthersWay() throws Exception {
        CARD.forEach(this::show);
        var all = database.sql("SELECT id FROM storage.picture WHERE owner_id = ?").param(library.owner().value()).query(UUID.class).list();
        try (var threads = Executors.newFixedThreadPool(5)) {
            var done = new ArrayList<Future<?>>();
            for (int round = 0; round < 15; round++) {
                var some = new ArrayList<>(all);
                Collections.shuffle(some, new Random(round));
                var few = some.subList(0, 6);
                done.add(threads.submit(() -> trash.put(library.owner(), few)));
                done.add(threads.submit(() -> CARD.forEach(file -> library.look(file.folder(), file.name(), file.kind(), file.said()))));
                done.add(threads.submit(() -> trash.restore(library.owner(), few)));
                done.add(threads.submit(() -> edit.run(library.owner(), few.getFirst(), new EditPicture.Edit(null, null, true, null, null, null, null))));
            }
            for (var each : done) {
                each.get();
            }
        }
        trash.restore(library.owner(), all);
        CARD.forEach(file -> library.look(file.folder(), file.name(), file.kind(), file.said()));
        assertThat(library.items()).containsExactlyInAnyOrderElementsOf(ITEMS);
        assertThat(library.counted()).isEqualTo(CARD.size() - ITEMS.size());
    }

    @Test
    void theTimelineShowsCoversWithWhatTheyAre() {
        CARD.forEach(this::show);
        var month = timeline.page(library.owner(), YearMonth.of(2020, 6), MonthStart.NEWEST, 300);
        assertThat(month.count()).isEqualTo(13);
        assertThat(month.ids()).hasSize(13).doesNotContain(named("IMG_1.MOV"), named("DSC_1.NEF"));
        assertThat(month.badges().get(month.ids().indexOf(named("IMG_1.HEIC")))).isEqualTo("live");
        assertThat(month.badges().get(month.ids().indexOf(named("A1.JPG")))).isEqualTo("raw");
        assertThat(month.badges().get(month.ids().indexOf(named("00001IMG_00001_BURST20200601120000120_COVER.jpg")))).isEqualTo("burst");
        assertThat(month.badges().get(month.ids().indexOf(named("DSC_3.JPG")))).isNull();
        assertThat(pictures.page(library.owner(), Pictures.Shelf.ALL, null, 100)).hasSize(13);
    }

    @Test
    void anItemGoesToTheTrashAndComesBackAsAWhole() {
        CARD.forEach(this::show);
        var cover = named("A1.JPG");
        assertThat(trash.put(library.owner(), List.of(cover))).isEqualTo(1);
        assertThat(pictures.trash(library.owner(), null, 10)).extracting(each -> each.fileName()).containsExactly("A1.JPG");
        assertThat(library.counted()).isEqualTo(12);
        assertThat(trash.restore(library.owner(), List.of(cover))).isEqualTo(1);
        assertThat(library.items()).containsExactlyInAnyOrderElementsOf(ITEMS);

        trash.put(library.owner(), List.of(cover));
        assertThat(trash.deleteForGood(library.owner(), List.of(cover))).isEqualTo(1);
        assertThat(database.sql("SELECT count(*) FROM storage.picture WHERE owner_id = ? AND folder = 'pro'").param(library.owner().value()).query(Integer.class).single()).isZero();
        assertThat(database.sql("SELECT count(*) FROM storage.deleted_for_good WHERE owner_id = ?").param(library.owner().value()).query(Integer.class).single()).isEqualTo(3);
    }

    @Test
    void aPartThatIsThrownAwayAloneLeavesItsItemAndFindsItAgain() {
        CARD.forEach(this::show);
        var video = named("IMG_1.MOV");
        assertThat(trash.put(library.owner(), List.of(video))).isEqualTo(1);
        assertThat(library.covers()).contains("IMG_1.HEIC").doesNotContain("IMG_1.HEIC live");
        assertThat(pictures.trash(library.owner(), null, 10)).extracting(each -> each.fileName()).containsExactly("IMG_1.MOV");
        trash.restore(library.owner(), List.of(video));
        assertThat(library.covers()).contains("IMG_1.HEIC live");
        assertThat(library.items()).containsExactlyInAnyOrderElementsOf(ITEMS);
    }

    /// The partner arrives while the first lies in the trash: it must be seen, not hidden behind what is thrown away.
    @Test
    void whatIsInTheTrashGetsNoParts() {
        var still = show(CARD.get(0));
        trash.put(library.owner(), List.of(still));
        show(CARD.get(1));
        assertThat(library.covers()).containsExactly("IMG_1.MOV");
        trash.restore(library.owner(), List.of(still));
        assertThat(library.items()).containsExactly("IMG_1.HEIC ← IMG_1.MOV as live");
    }

    /// Whatever name: what the database and the code take for its stem is the same.
    @Test
    void theDatabaseKnowsTheSameStems() {
        for (var name : List.of("IMG_1.CR2", "a.b.c.jpg", "noending", ".hidden", "x.RAW-01.COVER.jpg", "x.raw-02.dng", "RAW-01.jpg", "U\u0308bung.JPG", "여름.jpg", "trailing.", "ÄÖ.Jpg")) {
            assertThat(database.sql("SELECT storage.stem(?)").param(name).query(String.class).single()).as(name).isEqualTo(Stem.of(name));
        }
    }

    /// By a repair by hand, say.
    @Test
    void withoutItsCoverAPartIsSeen() {
        CARD.subList(0, 2).forEach(this::show);
        database.sql("DELETE FROM storage.picture WHERE owner_id = ? AND file_name = 'IMG_1.HEIC'").param(library.owner().value()).update();
        assertThat(library.covers()).containsExactly("IMG_1.MOV");
        assertThat(library.counted()).isEqualTo(1);
    }

    @Test
    void aPersonChoosesTheCoverAndNothingChangesItBack() {
        CARD.forEach(this::show);
        var third = named("00002IMG_00002_BURST20200601120000240.jpg");
        rearrange.makeCover(library.owner(), third);
        assertThat(library.covers()).contains("00002IMG_00002_BURST20200601120000240.jpg burst");
        show(new File("burst", "00003IMG_00003_BURST20200601120000360.jpg", FileKind.JPEG, Said.at(NOON)));
        CARD.forEach(file -> library.look(file.folder(), file.name(), file.kind(), file.said()));
        assertThat(library.items()).filteredOn(each -> each.startsWith("00002IMG")).hasSize(3);
        assertThatThrownBy(() -> rearrange.makeCover(library.owner(), third)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> rearrange.makeCover(library.owner(), named("DSC_1.NEF"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> rearrange.makeCover(MemberId.random(), third)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatAPersonTakesOutOfAnItemStaysOutOfItAndItsRawFollows() {
        CARD.forEach(this::show);
        rearrange.split(library.owner(), named("A2.JPG"));
        CARD.forEach(file -> library.look(file.folder(), file.name(), file.kind(), file.said()));
        assertThat(library.items()).contains("A2.JPG ← A2.DNG as raw").noneMatch(each -> each.startsWith("A1.JPG"));
        assertThat(library.covers()).contains("A1.JPG", "A2.JPG raw");
        rearrange.split(library.owner(), named("IMG_1.MOV"));
        CARD.forEach(file -> library.look(file.folder(), file.name(), file.kind(), file.said()));
        assertThat(library.covers()).contains("IMG_1.MOV", "IMG_1.HEIC");
        assertThatThrownBy(() -> rearrange.split(library.owner(), named("IMG_1.HEIC"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void anItemIsInTheAlbumsOfItsPartsOnce() {
        var video = show(CARD.get(1));
        var album = albums.make(library.owner(), "Summer", null);
        inAlbums.add(library.owner(), album, List.of(video));
        var still = show(CARD.get(0));
        inAlbums.add(library.owner(), album, List.of(still));
        assertThat(inAlbums.page(library.owner(), album, null, 10).pictures()).extracting(each -> each.id()).containsExactly(still);
        assertThat(albums.require(library.owner(), album).count()).isEqualTo(1);
        rearrange.split(library.owner(), video);
        assertThat(albums.require(library.owner(), album).count()).isEqualTo(2);
    }

    @Test
    void aFavouriteItemIsAFavouriteInAllItsFiles() {
        CARD.subList(0, 2).forEach(this::show);
        edit.run(library.owner(), named("IMG_1.HEIC"), new EditPicture.Edit(null, null, true, null, null, null, null));
        rearrange.split(library.owner(), named("IMG_1.MOV"));
        assertThat(pictures.require(library.owner(), named("IMG_1.MOV")).favourite()).isTrue();
    }

    /// Two cameras that begin anew at 0001, and no folder to tell them apart.
    @Test
    void withoutAFolderATimeMustVouch() {
        show(new File("", "IMG_0001.JPG", FileKind.JPEG, Said.at(NOON)));
        show(new File("", "IMG_0001.CR2", FileKind.RAW, Said.NOTHING));
        assertThat(library.items()).isEmpty();
        show(new File("", "IMG_0002.JPG", FileKind.JPEG, Said.at(NOON)));
        show(new File("", "img_0002.cr2", FileKind.RAW, Said.at(NOON)));
        assertThat(library.items()).containsExactly("IMG_0002.JPG ← img_0002.cr2 as raw");
    }

    @Test
    void anothersFilesAreNeverJoined() {
        show(CARD.get(0));
        var other = libraryOf(MemberId.random());
        other.show("phone", "IMG_1.MOV", FileKind.MOV, Said.at(NOON).live("live-1"));
        assertThat(library.items()).isEmpty();
        assertThat(other.items()).isEmpty();
    }

    /// An id that a thousand files share, by mistake or malice, costs a bounded amount of work for each of them.
    @Test
    void aCrowdOfOneIdIsBounded() {
        for (int i = 0; i < 320; i++) {
            show(new File("crowd", "%03d.jpg".formatted(i), FileKind.JPEG, Said.at(NOON.plusSeconds(i)).burst("crowd")));
        }
        assertThat(library.counted()).isBetween(1, 21);
        assertThat(database.sql("SELECT count(*) FROM storage.picture p JOIN storage.picture c ON c.owner_id = p.owner_id AND c.id = p.part_of WHERE c.part_of IS NOT NULL")
                .query(Integer.class).single()).as("parts of parts").isZero();
    }

    @Test
    void editsOfTagsAndPlaceStayWhenTheFileIsReadAgain() {
        var id = library.show("a", "x.jpg", FileKind.JPEG, Said.at(NOON).words(new Facts.Words(2, "camera", List.of("auto"), List.of())));
        edit.run(library.owner(), id, new EditPicture.Edit(null, null, null, null, null, List.of("mine", "Places|Italy", "mine"), new EditPicture.Where(43.5, 11.5)));
        library.look("a", "x.jpg", FileKind.JPEG, Said.at(NOON).words(new Facts.Words(3, "camera 2", List.of("auto"), List.of())));
        var picture = pictures.require(library.owner(), id);
        assertThat(picture.detail().tags()).containsExactly("mine", "Places|Italy");
        assertThat(picture.latitude()).isEqualTo(43.5);
        assertThat(picture.description()).isEqualTo("camera 2");
        assertThat(picture.rating()).isEqualTo(3);
        edit.run(library.owner(), id, new EditPicture.Edit(null, null, null, null, null, List.of(), EditPicture.Where.NOWHERE));
        assertThat(pictures.require(library.owner(), id).detail().tags()).isEmpty();
        assertThat(pictures.require(library.owner(), id).latitude()).isNull();
        assertThatThrownBy(() -> new EditPicture.Where(91.0, 0.0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new EditPicture.Where(Double.NaN, 0.0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new EditPicture.Edit(null, null, null, null, null, List.of("x".repeat(201)), null)).isInstanceOf(ProblemException.class);
        assertThat(pictures.require(library.owner(), id).item().edited()).containsExactlyInAnyOrder("place", "tags");
    }
}
