package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import picup.decoder.FileKind;
import picup.member.RunningPicup;
import picup.platform.MemberId;
import tools.jackson.databind.JsonNode;

/// What is being done for a member, told from what is unfinished: rows that nobody works on, so that they stay so.
class UnderWayModuleTest extends RunningPicup {
    @Autowired
    private UnderWay underWay;

    @Autowired
    private Trash trash;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    private MemberId owner;
    private String token;
    private LibraryByHand library;

    @BeforeEach
    void signedUp() {
        signUp("ada");
        token = signIn("ada").text("accessToken");
        owner = new MemberId(UUID.fromString(me(token).text("id")));
        library = new LibraryByHand(owner, database, transaction, events);
    }

    private UUID photo(String name, String change) {
        var id = library.add("", name, FileKind.JPEG);
        database.sql("UPDATE storage.picture SET " + change + " WHERE id = ?").param(id).update();
        return id;
    }

    /// A job that is due when nobody runs this test any more.
    private void waits(String lane, String kind, MemberId whose) {
        database.sql("INSERT INTO storage.%s (task_name, task_instance, execution_time, picked, version) VALUES (?, ?, '2100-01-01', false, 1)".formatted(lane))
                .params(kind, whose + "-" + UUID.randomUUID()).update();
    }

    private JsonNode told() {
        var answer = send("GET", "/api/under-way", null, "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void nothingIsUnderWayInALibraryThatIsReady() {
        photo("ready.jpg", "state = 'ready'");
        assertThat(underWay.work(owner)).isEqualTo(new UnderWay.Work(0, 0, 0, 0));
        assertThat(told().get("troubles").size()).isZero();
        assertThat(told().get("archive").asBoolean()).isFalse();
    }

    @Test
    void whatIsUnfinishedIsCountedByWhatIsDone() {
        library.add("", "new.jpg", FileKind.JPEG);
        photo("edited.jpg", "state = 'ready', edit_state = 'processing'");
        var seen = photo("seen.jpg", "state = 'ready'");
        assertThat(underWay.work(owner)).isEqualTo(new UnderWay.Work(1, 0, 1, 0));

        waits("job", "reread-facts", owner);
        waits("job", "reread-facts", MemberId.random());
        waits("long_job", "make-playable", owner);
        assertThat(underWay.work(owner)).isEqualTo(new UnderWay.Work(1, 1, 1, 1));
        database.sql("INSERT INTO storage.facts_reading (owner_id, after) VALUES (?, ?)").params(owner.value(), seen).update();
        photo("later.jpg", "state = 'ready'");
        assertThat(underWay.work(owner).facts()).as("one is asked for, one will be").isEqualTo(2);
        assertThat(underWay.work(MemberId.random())).as("another's is not counted").isEqualTo(new UnderWay.Work(0, 0, 0, 0));
    }

    @Test
    void whatCouldNotBeDoneIsListedWithItsReasonUntilItIsGone() {
        var broken = photo("broken.jpg", "state = 'failed', reason = 'UNREADABLE'");
        photo("edit.jpg", "state = 'ready', edit_state = 'failed', edit_reason = 'DECODER_LOST'");
        assertThat(underWay.troubles(owner)).extracting(UnderWay.Trouble::fileName, UnderWay.Trouble::what, UnderWay.Trouble::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("edit.jpg", "edit", "DECODER_LOST"),
                        org.assertj.core.groups.Tuple.tuple("broken.jpg", "picture", "UNREADABLE"));
        assertThat(told().get("troubles").get(1).get("id").asString()).isEqualTo(broken.toString());
        trash.put(owner, List.of(broken));
        assertThat(underWay.troubles(owner)).hasSize(1);
    }

    @Test
    void strangersLearnNothing() {
        assertThat(send("GET", "/api/under-way", null).status()).isEqualTo(401);
    }
}
