package picup.library.album;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.library.Picture;
import picup.library.Trash;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.platform.RankCursor;

/// The order of an album: what is moved, what is written for it, and who comes at the same time.
class AlbumOrderModuleTest extends RunningPicup {
    @Autowired
    private Albums albums;

    @Autowired
    private AlbumPictures inAlbums;

    @Autowired
    private AlbumTexts texts;

    @Autowired
    private Trash trash;

    private final MemberId owner = MemberId.random();
    private AlbumsByHand hand;
    private UUID album;

    @BeforeEach
    void anAlbum() {
        hand = new AlbumsByHand(owner, database);
        album = albums.make(owner, "Summer", null);
    }

    private List<UUID> filled(int many) {
        var ids = hand.pictures(many);
        assertThat(inAlbums.add(owner, album, ids)).isEqualTo(many);
        return new ArrayList<>(ids);
    }

    private List<UUID> shown() {
        return inAlbums.page(owner, album, null, 1000).pictures().stream().map(Picture::id).toList();
    }

    @Test
    void movingWritesWhatIsMovedAndNothingElse() {
        var ids = filled(100);
        var before = Set.copyOf(hand.ranks(album));
        assertThat(inAlbums.move(owner, album, List.of(ids.get(90), ids.get(10), ids.get(50)), ids.get(3), null)).isEqualTo(3);
        var after = new HashSet<>(hand.ranks(album));
        after.removeAll(before);
        assertThat(after).hasSize(3);
        assertThat(shown().subList(3, 8)).containsExactly(ids.get(3), ids.get(90), ids.get(10), ids.get(50), ids.get(4));
    }

    @Test
    void whatChangedIsToldWithItsNeighbour() {
        var ids = filled(6);
        trash.put(owner, List.of(ids.get(2)));
        inAlbums.move(owner, album, List.of(ids.get(5)), ids.get(0), null);
        var places = inAlbums.places(owner, album, List.of(ids.get(3), ids.get(2), ids.get(0), ids.get(5), UUID.randomUUID()));
        assertThat(places).extracting(each -> each.picture().id()).containsExactly(ids.get(0), ids.get(5), ids.get(3));
        assertThat(places).extracting(AlbumPictures.Place::after).as("what lies in the trash is no neighbour").containsExactly(null, ids.get(0), ids.get(1));

        albums.edit(owner, album, new Albums.Changes(null, null, "newest", null));
        assertThat(inAlbums.places(owner, album, List.of(ids.get(5), ids.get(4)))).extracting(AlbumPictures.Place::after).containsExactly(null, ids.get(5));
        assertThatThrownBy(() -> inAlbums.places(MemberId.random(), album, ids)).isInstanceOf(ProblemException.class);
    }

    /// Against a list in memory; and what each move wrote is counted, also where everything is pressed into one gap.
    @Test
    void anyMovesEndAsTheyWouldInAList() {
        var random = new Random(6);
        var model = filled(120);
        for (int i = 0; i < 10; i++) {
            var before = model.get(random.nextInt(model.size()));
            model.add(model.indexOf(before), texts.write(owner, album, "text " + i, before));
        }
        assertThat(hand.order(album)).isEqualTo(model);
        int written = 0;
        int moved = 0;
        for (int round = 0; round < 600; round++) {
            var before = Set.copyOf(hand.ranks(album));
            var some = new ArrayList<>(model);
            Collections.shuffle(some, random);
            var ids = List.copyOf(some.subList(0, 1 + random.nextInt(3)));
            // Half of the rounds go to one place, the end of every gap.
            var anchor = model.stream().filter(id -> !ids.contains(id)).toList().get(random.nextBoolean() ? 20 : random.nextInt(model.size() - ids.size()));
            model.removeAll(ids);
            boolean behind = random.nextBoolean();
            model.addAll(model.indexOf(anchor) + (behind ? 1 : 0), ids);
            assertThat(inAlbums.move(owner, album, ids, behind ? anchor : null, behind ? null : anchor)).isEqualTo(ids.size());
            assertThat(hand.order(album)).as("round " + round).isEqualTo(model);
            var after = new HashSet<>(hand.ranks(album));
            after.removeAll(before);
            written += after.size();
            moved += ids.size();
        }
        assertThat(hand.distinctRanks(album)).isEqualTo(model.size());
        assertThat(written).isLessThan(2 * moved);
    }

    @Test
    void aGapThatIsUsedUpIsWidenedByAFewRows() {
        var ids = filled(1000);
        int written = 0;
        int alone = 0;
        for (int i = 0; i < 400; i++) {
            var before = Set.copyOf(hand.ranks(album));
            inAlbums.move(owner, album, List.of(ids.get(999 - i)), ids.get(0), null);
            var after = new HashSet<>(hand.ranks(album));
            after.removeAll(before);
            written += after.size();
            alone += after.size() == 1 ? 1 : 0;
        }
        assertThat(written).isBetween(401, 400 * 5);
        assertThat(alone).isGreaterThan(340);
        assertThat(shown().subList(0, 3)).containsExactly(ids.get(0), ids.get(600), ids.get(601));
    }

    @Test
    void oneOfTwoNeighboursIsEnough() {
        var ids = filled(5);
        inAlbums.take(owner, album, List.of(ids.get(1)));
        inAlbums.move(owner, album, List.of(ids.get(4)), ids.get(1), ids.get(2));
        assertThat(shown()).containsExactly(ids.get(0), ids.get(4), ids.get(2), ids.get(3));
        inAlbums.move(owner, album, List.of(ids.get(4)), null, ids.get(0));
        assertThat(shown()).containsExactly(ids.get(4), ids.get(0), ids.get(2), ids.get(3));
        assertThatThrownBy(() -> inAlbums.move(owner, album, List.of(ids.get(0)), ids.get(1), ids.get(0)))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.NOT_IN_ALBUM));
        assertThat(inAlbums.move(owner, album, List.of(ids.get(1), UUID.randomUUID()), ids.get(0), null)).isZero();
    }

    /// Reordering, adding, taking out, writing, throwing away and deleting for good, all at once: nothing is lost, nothing is there twice, no two share a rank,
    /// and nobody waits crosswise.
    @Test
    void everythingAtOnceEndsAsEverybodyExpects() throws Exception {
        var ids = filled(60);
        var added = hand.pictures(60);
        var taken = ids.subList(0, 10);
        var purged = ids.subList(10, 20);
        var staying = ids.subList(20, 60);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var done = new ArrayList<Future<?>>();
            for (int mover = 0; mover < 2; mover++) {
                var random = new Random(mover);
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        inAlbums.move(owner, album, List.of(ids.get(random.nextInt(60)), ids.get(random.nextInt(60))), staying.get(random.nextInt(10)), staying.get(20));
                    }
                }));
            }
            done.add(threads.submit(() -> added.forEach(id -> inAlbums.add(owner, album, List.of(id, added.getFirst())))));
            done.add(threads.submit(() -> taken.forEach(id -> inAlbums.take(owner, album, List.of(id)))));
            done.add(threads.submit(() -> purged.forEach(id -> {
                trash.put(owner, List.of(id));
                trash.deleteForGood(owner, List.of(id));
            })));
            done.add(threads.submit(() -> staying.forEach(id -> texts.write(owner, album, "before " + id, id))));
            for (var each : done) {
                each.get();
            }
        }
        var expected = new HashSet<>(staying);
        expected.addAll(added);
        assertThat(shown()).hasSize(100).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(texts.list(owner, album)).hasSize(40);
        assertThat(hand.distinctRanks(album)).isEqualTo(140);
    }

    @Test
    void anOrderByDateFollowsWhatPeopleCorrectAndPagesWithoutSorting() {
        var ids = filled(30);
        database.sql("UPDATE storage.picture SET taken_at = '2019-01-01' WHERE owner_id = ? AND id = ?").params(owner.value(), ids.get(20)).update();
        albums.edit(owner, album, new Albums.Changes(null, null, "oldest", null));
        assertThat(paged(7).subList(0, 3)).containsExactly(ids.get(20), ids.get(0), ids.get(1));
        albums.edit(owner, album, new Albums.Changes(null, null, "newest", null));
        assertThat(paged(7).subList(0, 2)).containsExactly(ids.get(29), ids.get(28));
        assertThat(paged(7)).hasSize(30).doesNotHaveDuplicates().endsWith(ids.get(20));
        assertThat(albums.require(owner, album).coverPictureId()).isEqualTo(ids.get(29));
        assertThat(albums.require(owner, album).firstTakenAt()).isEqualTo(java.time.LocalDateTime.of(2019, 1, 1, 0, 0));
        assertThatThrownBy(() -> inAlbums.page(owner, album, RankCursor.FIRST.text(), 7)).isInstanceOf(ProblemException.class);
    }

    private List<UUID> paged(int limit) {
        var all = new ArrayList<UUID>();
        var page = inAlbums.page(owner, album, null, limit);
        while (true) {
            page.pictures().forEach(picture -> all.add(picture.id()));
            if (page.next() == null) {
                return all;
            }
            page = inAlbums.page(owner, album, page.next(), limit);
        }
    }

    /// Of an album of 20,000, a page in the middle reads a page.
    @Test
    void aPageOfALargeAlbumComesFromAnIndex() {
        var ids = filled(5000);
        for (int i = 0; i < 3; i++) {
            filled(5000);
        }
        database.sql("ANALYZE storage.album_picture").update();
        database.sql("ANALYZE storage.picture").update();
        for (var by : List.of("(i.rank, i.picture_id) > (0, '%s') ORDER BY i.rank, i.picture_id", "(i.taken_at, i.picture_id) > ('2021-01-01', '%s') ORDER BY i.taken_at, i.picture_id",
                "(i.taken_at, i.picture_id) < ('2021-01-01', '%s') ORDER BY i.taken_at DESC, i.picture_id DESC")) {
            var plan = String.join("\n", database.sql(("EXPLAIN SELECT p.*, i.rank FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id"
                    + " WHERE i.owner_id = '%s' AND i.album_id = '%s' AND p.trashed_at IS NULL AND p.part_of IS NULL AND " + by + " LIMIT 101")
                    .formatted(owner.value(), album, ids.getFirst())).query(String.class).list());
            assertThat(plan).as(plan).doesNotContain("Sort").doesNotContain("Seq Scan").containsAnyOf("album_order", "album_by_date");
        }
    }
}
