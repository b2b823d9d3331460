package picup.library.album;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import picup.library.Trash;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import picup.platform.Problem;
import picup.platform.ProblemException;

/// What is said of albums, which lies in which, and what is written in them.
class AlbumsModuleTest extends RunningPicup {
    @Autowired
    private Albums albums;

    @Autowired
    private AlbumPictures inAlbums;

    @Autowired
    private AlbumNesting nesting;

    @Autowired
    private AlbumTexts texts;

    @Autowired
    private Trash trash;

    private final MemberId owner = MemberId.random();
    private AlbumsByHand hand;

    @BeforeEach
    void aLibrary() {
        hand = new AlbumsByHand(owner, database);
    }

    private UUID album(String name, UUID parent) {
        return albums.make(owner, name, parent);
    }

    private static void refused(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
    }

    private List<String> path(UUID id) {
        return albums.require(owner, id).path().stream().map(Album.Crumb::name).toList();
    }

    @Test
    void aCoverIsTheChosenOneWhileItIsThereAndElseTheFirst() {
        var id = album("Summer", null);
        var ids = hand.pictures(3);
        inAlbums.add(owner, id, ids);
        assertThat(albums.require(owner, id).coverPictureId()).isEqualTo(ids.get(0));
        albums.cover(owner, id, ids.get(2));
        assertThat(albums.require(owner, id).coverPictureId()).isEqualTo(ids.get(2));
        trash.put(owner, List.of(ids.get(2)));
        assertThat(albums.require(owner, id).coverPictureId()).isEqualTo(ids.get(0));
        assertThat(albums.require(owner, id).coverChosen()).isFalse();
        trash.restore(owner, List.of(ids.get(2)));
        assertThat(albums.require(owner, id).coverChosen()).isTrue();
        inAlbums.take(owner, id, List.of(ids.get(2)));
        assertThat(albums.require(owner, id).coverPictureId()).isEqualTo(ids.get(0));
        refused(Problem.NOT_IN_ALBUM, () -> albums.cover(owner, id, ids.get(2)));
        refused(Problem.NOT_FOUND, () -> albums.cover(MemberId.random(), id, ids.get(0)));
    }

    @Test
    void albumsLieInEachOtherFiveDeepAndNeverInThemselves() {
        var chain = new ArrayList<UUID>();
        for (var name : List.of("1", "2", "3", "4", "5")) {
            chain.add(album(name, chain.isEmpty() ? null : chain.getLast()));
        }
        assertThat(path(chain.get(4))).containsExactly("1", "2", "3", "4");
        refused(Problem.ALBUM_NESTING, () -> album("6", chain.get(4)));
        refused(Problem.ALBUM_NESTING, () -> nesting.put(owner, chain.get(0), chain.get(4)));
        refused(Problem.ALBUM_NESTING, () -> nesting.put(owner, chain.get(1), chain.get(1)));
        var other = album("other", null);
        refused(Problem.ALBUM_NESTING, () -> nesting.put(owner, chain.get(0), other));
        nesting.put(owner, chain.get(1), other);
        assertThat(path(chain.get(4))).containsExactly("other", "2", "3", "4");
        refused(Problem.NOT_FOUND, () -> nesting.put(owner, other, UUID.randomUUID()));
        refused(Problem.NOT_FOUND, () -> albums.make(MemberId.random(), "theirs", other));
        assertThat(albums.outermost(owner, null, 10).albums()).extracting(Album::name).containsExactly("other", "1");
        assertThat(albums.within(owner, other, null, 10).albums()).extracting(Album::name).containsExactly("2");
        assertThat(albums.require(owner, other).albums()).isEqualTo(1);
    }

    /// Each alone would be right; of both, one is refused.
    @Test
    void twoWhoMoveAlbumsIntoEachOtherCloseNoCircle() throws Exception {
        for (int round = 0; round < 30; round++) {
            var one = album("one", null);
            var two = album("two", null);
            var start = new CyclicBarrier(2);
            try (var threads = Executors.newFixedThreadPool(2)) {
                Callable<Boolean> oneIntoTwo = () -> moved(start, one, two);
                Callable<Boolean> twoIntoOne = () -> moved(start, two, one);
                int done = 0;
                for (Future<Boolean> each : threads.invokeAll(List.of(oneIntoTwo, twoIntoOne))) {
                    done += each.get() ? 1 : 0;
                }
                assertThat(done).isEqualTo(1);
            }
        }
    }

    private boolean moved(CyclicBarrier start, UUID id, UUID parent) throws Exception {
        start.await();
        try {
            nesting.put(owner, id, parent);
            return true;
        } catch (ProblemException refusal) {
            assertThat(refusal.problem()).isEqualTo(Problem.ALBUM_NESTING);
            return false;
        }
    }

    @Test
    void aDeletedAlbumLetsItsChildrenMoveUpAndTakesThemBack() {
        var top = album("top", null);
        var middle = album("middle", top);
        var child = album("child", middle);
        var away = album("away", middle);
        inAlbums.add(owner, middle, hand.pictures(2));
        albums.delete(owner, middle);
        assertThat(path(child)).containsExactly("top");
        refused(Problem.NOT_FOUND, () -> albums.require(owner, middle));
        refused(Problem.NOT_FOUND, () -> albums.delete(owner, middle));
        refused(Problem.NOT_FOUND, () -> inAlbums.page(owner, middle, null, 10));
        refused(Problem.NOT_FOUND, () -> nesting.put(owner, child, middle));
        assertThat(albums.list(owner, null, 10).albums()).hasSize(3);
        nesting.put(owner, away, null);
        albums.delete(owner, top);
        albums.restore(owner, middle);
        albums.restore(owner, middle);
        assertThat(path(child)).containsExactly("middle");
        assertThat(path(away)).isEmpty();
        assertThat(albums.require(owner, middle).count()).isEqualTo(2);
        albums.restore(owner, top);
        assertThat(path(child)).containsExactly("top", "middle");
        refused(Problem.NOT_FOUND, () -> albums.restore(MemberId.random(), middle));
    }

    @Test
    void afterThirtyDaysADeletedAlbumIsGone() {
        var old = album("old", null);
        albums.delete(owner, old);
        clock.advance(Duration.ofDays(31));
        var newer = album("newer", null);
        albums.delete(owner, newer);
        refused(Problem.NOT_FOUND, () -> albums.restore(owner, old));
        albums.restore(owner, newer);
    }

    @Test
    void deletedAlbumsAreListedUntilTheyAreGone() {
        var first = album("first", null);
        inAlbums.add(owner, first, hand.pictures(3));
        albums.delete(owner, first);
        clock.advance(Duration.ofDays(1));
        var second = album("second", null);
        albums.delete(owner, second);
        var page = albums.deleted(owner, null, 1);
        assertThat(page.albums()).extracting(each -> each.album().id()).containsExactly(second);
        var next = albums.deleted(owner, picup.platform.Cursor.of(page.next()), 1);
        assertThat(next.albums()).extracting(each -> each.album().id(), each -> each.album().count()).containsExactly(org.assertj.core.groups.Tuple.tuple(first, 3));
        assertThat(next.next()).isNull();
        assertThat(next.albums().getFirst().goneAt()).isEqualTo(next.albums().getFirst().deletedAt().plus(Trash.KEPT));
        assertThat(albums.deleted(MemberId.random(), null, 10).albums()).isEmpty();

        clock.advance(Duration.ofDays(30).minusHours(1));
        assertThat(albums.deleted(owner, null, 10).albums()).extracting(each -> each.album().id()).containsExactly(second);
        albums.restore(owner, second);
        assertThat(albums.deleted(owner, null, 10).albums()).isEmpty();
    }

    private int shownIn(UUID album) {
        return database.sql("""
                SELECT count(*) FROM storage.album_picture i JOIN storage.picture p ON p.owner_id = i.owner_id AND p.id = i.picture_id
                WHERE i.owner_id = ? AND i.album_id = ? AND p.trashed_at IS NULL AND p.part_of IS NULL
                """).params(owner.value(), album).query(Integer.class).single();
    }

    private void counts(UUID album, int pictures) {
        assertThat(albums.require(owner, album).count()).as("as counted").isEqualTo(pictures);
        assertThat(shownIn(album)).as("as there are").isEqualTo(pictures);
    }

    @Test
    void theCountFollowsWhateverHappensToAPicture() {
        var one = album("one", null);
        var two = album("two", null);
        var ids = hand.pictures(10);
        counts(one, 0);
        inAlbums.add(owner, one, ids);
        inAlbums.add(owner, two, ids.subList(0, 4));
        counts(one, 10);
        counts(two, 4);
        trash.put(owner, ids.subList(0, 2));
        counts(one, 8);
        counts(two, 2);
        inAlbums.add(owner, two, ids.subList(5, 6));
        trash.restore(owner, ids.subList(0, 1));
        counts(one, 9);
        counts(two, 4);
        inAlbums.take(owner, one, ids.subList(1, 4)); // one of which lies in the trash
        counts(one, 7);
        trash.deleteForGood(owner, null);
        counts(one, 7);
        counts(two, 4);
        database.sql("UPDATE storage.picture SET part_of = ?, part_role = 'raw' WHERE owner_id = ? AND id = ?").params(ids.get(6), owner.value(), ids.get(5)).update();
        counts(one, 6);
        counts(two, 3);
        database.sql("DELETE FROM storage.picture WHERE owner_id = ? AND id = ?").params(owner.value(), ids.get(7)).update(); // by hand
        counts(one, 5);
        albums.delete(owner, one);
        albums.restore(owner, one);
        counts(one, 5);
    }

    @Test
    void textsStandBeforeTheirPictureInEveryOrder() {
        var id = album("Trip", null);
        var ids = hand.pictures(4);
        inAlbums.add(owner, id, ids);
        inAlbums.move(owner, id, List.of(ids.get(3)), null, ids.get(0)); // by hand: 3 0 1 2
        var second = texts.write(owner, id, "  <script>alert(1)</script>\0 ", ids.get(1));
        var end = texts.write(owner, id, "The end", null);
        assertThat(texts.list(owner, id)).containsExactly(new AlbumTexts.Text(second, "<script>alert(1)</script>", ids.get(1)), new AlbumTexts.Text(end, "The end", null));
        albums.edit(owner, id, new Albums.Changes(null, null, "oldest", null));
        assertThat(texts.list(owner, id)).extracting(AlbumTexts.Text::before).containsExactly(ids.get(1), null);
        albums.edit(owner, id, new Albums.Changes(null, null, "newest", null));
        assertThat(texts.list(owner, id)).extracting(AlbumTexts.Text::id).contains(second);
        albums.edit(owner, id, new Albums.Changes(null, null, "hand", null));
        trash.put(owner, List.of(ids.get(1)));
        assertThat(texts.list(owner, id).getFirst().before()).isEqualTo(ids.get(2));
        texts.move(owner, id, end, ids.get(0));
        assertThat(texts.list(owner, id)).extracting(AlbumTexts.Text::before).containsExactly(ids.get(0), ids.get(2));
        texts.change(owner, id, end, "Not the end");
        texts.remove(owner, id, second);
        assertThat(texts.list(owner, id)).extracting(AlbumTexts.Text::text).containsExactly("Not the end");
        refused(Problem.NOT_FOUND, () -> texts.remove(owner, id, second));
        refused(Problem.NOT_IN_ALBUM, () -> texts.write(owner, id, "nowhere", UUID.randomUUID()));
        refused(Problem.NOT_FOUND, () -> texts.change(MemberId.random(), id, end, "theirs"));
    }

    @Test
    void everyLimitIsSaid() {
        var id = album("Trip", null);
        refused(Problem.BAD_VALUE, () -> texts.write(owner, id, " ", null));
        refused(Problem.BAD_VALUE, () -> texts.write(owner, id, "가".repeat(22_000), null)); // 66,000 bytes
        for (int i = 0; i < 16; i++) {
            texts.write(owner, id, "x".repeat(65_536), null);
        }
        refused(Problem.ALBUM_FULL, () -> texts.write(owner, id, "x", null));
        refused(Problem.BAD_VALUE, () -> albums.edit(owner, id, new Albums.Changes(null, null, "sideways", null)));
        refused(Problem.BAD_VALUE, () -> albums.edit(owner, id, new Albums.Changes("x".repeat(201), null, null, null)));
        refused(Problem.BAD_VALUE, () -> inAlbums.move(owner, id, List.of(UUID.randomUUID()), null, null));
    }
}
