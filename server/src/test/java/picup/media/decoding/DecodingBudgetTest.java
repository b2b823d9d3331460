package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picup.media.decoding.DecodingBudget.Turn;

class DecodingBudgetTest {

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @Test
    void noMoreWorkThanMayAndInteractiveWorkGoesFirst() throws Exception {
        DecodingBudget budget = new DecodingBudget(1, 100);
        Turn first = budget.turn(Urgency.BULK);
        List<CompletableFuture<?>> others = new ArrayList<>();
        for (Urgency urgency : List.of(Urgency.BULK, Urgency.BULK, Urgency.INTERACTIVE)) {
            others.add(started(() -> {
                try (Turn turn = budget.turn(urgency)) {
                    order.add(urgency.name());
                    assertThat(budget.state().running()).isEqualTo(1);
                }
            }));
            awaitWaiting(budget, others.size());
        }
        first.close();
        all(others);
        assertThat(order).containsExactly("INTERACTIVE", "BULK", "BULK");
    }

    @Test
    void aFilmLeavesATurnToPictures() throws Exception {
        DecodingBudget budget = new DecodingBudget(2, 100);
        Turn film = budget.turn(Urgency.LONG);
        CompletableFuture<?> second = started(() -> budget.turn(Urgency.LONG).close());
        awaitWaiting(budget, 1);
        Turn picture = budget.turn(Urgency.BULK);
        assertThat(budget.state()).isEqualTo(new DecodingBudget.State(2, 1, 0));
        picture.close();
        assertThat(second).isNotDone();
        film.close();
        all(List.of(second));
    }

    @Test
    void withOneTurnAFilmRunsBesidePictures() throws Exception {
        DecodingBudget budget = new DecodingBudget(1, 100);
        try (Turn film = budget.turn(Urgency.LONG); Turn picture = budget.turn(Urgency.BULK)) {
            assertThat(budget.state().running()).isEqualTo(2);
        }
    }

    @Test
    void grantsStayWithinTheBudgetAndWhatExceedsItRunsAlone() throws Exception {
        DecodingBudget budget = new DecodingBudget(3, 100);
        Turn small = budget.turn(Urgency.BULK);
        assertThat(small.take(60)).isTrue();
        CompletableFuture<?> large = started(() -> {
            try (Turn turn = budget.turn(Urgency.BULK)) {
                turn.take(250);
                order.add("large, with " + budget.state().grantedBytes());
            }
        });
        awaitWaiting(budget, 1);
        try (Turn fits = budget.turn(Urgency.BULK)) {
            assertThat(fits.take(40)).isTrue();
            assertThat(budget.state().grantedBytes()).isEqualTo(100);
            assertThat(large).isNotDone();
        }
        assertThat(large).isNotDone();
        small.close();
        all(List.of(large));
        assertThat(order).containsExactly("large, with 250");
    }

    @Test
    void smallOnesPassALargeOneButDoNotStarveIt() throws Exception {
        DecodingBudget budget = new DecodingBudget(4, 100);
        Turn holder = budget.turn(Urgency.BULK);
        holder.take(60);
        CompletableFuture<?> large = started(() -> {
            try (Turn turn = budget.turn(Urgency.BULK)) {
                turn.take(90);
                order.add("large");
            }
        });
        awaitWaiting(budget, 1);
        for (int i = 0; i < 16; i++) {
            try (Turn small = budget.turn(Urgency.BULK)) {
                assertThat(small.take(10)).isTrue();
            }
        }
        CompletableFuture<?> late = started(() -> {
            try (Turn turn = budget.turn(Urgency.INTERACTIVE)) {
                turn.take(20); // more than the large one leaves: only one of them is at work, and the order is that of the budget
                order.add("late");
            }
        });
        awaitWaiting(budget, 2);
        assertThat(late).isNotDone();
        holder.close();
        all(List.of(large, late));
        assertThat(order).containsExactly("large", "late");
    }

    @Test
    void nobodyWaitsForTheMemoryOfAFilm() throws Exception {
        DecodingBudget budget = new DecodingBudget(2, 100);
        try (Turn film = budget.turn(Urgency.LONG)) {
            film.take(40);
            try (Turn picture = budget.turn(Urgency.INTERACTIVE)) {
                assertThat(picture.take(70)).isFalse();
                assertThat(picture.take(60)).isTrue();
            }
        }
    }

    @Test
    void aGrantGrowsOnlyIntoWhatIsFree() throws Exception {
        DecodingBudget budget = new DecodingBudget(2, 100);
        Turn one = budget.turn(Urgency.BULK);
        Turn other = budget.turn(Urgency.BULK);
        one.take(40);
        other.take(40);
        assertThat(one.grow(60)).isTrue();
        assertThat(other.grow(50)).isFalse();
        one.close();
        assertThat(other.grow(500)).as("alone").isTrue();
        other.close();
        assertThat(budget.state()).isEqualTo(new DecodingBudget.State(0, 0, 0));
    }

    @Test
    void aChangeIsFeltAtOnce() throws Exception {
        DecodingBudget budget = new DecodingBudget(1, 100);
        Turn first = budget.turn(Urgency.BULK);
        CompletableFuture<?> second = started(() -> budget.turn(Urgency.BULK).close());
        awaitWaiting(budget, 1);
        budget.change(2, 100);
        all(List.of(second));
        first.close();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<?> started(Work work) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                work.run();
                ended.complete(true);
            } catch (Throwable thrown) {
                ended.completeExceptionally(thrown);
            }
        });
        return ended;
    }

    private static void awaitWaiting(DecodingBudget budget, int count) {
        await().atMost(5, TimeUnit.SECONDS).until(() -> budget.state().waiting() == count);
    }

    private static void all(List<CompletableFuture<?>> ends) throws Exception {
        for (CompletableFuture<?> end : ends) {
            end.get(5, TimeUnit.SECONDS);
        }
    }
}
