package picup.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import picup.platform.Ids;
import picup.platform.MemberId;
import tools.jackson.databind.json.JsonMapper;

class MemberEventTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void whatIsStoredIsReadAgain() {
        MemberEvent event = new MemberRenamed(Ids.next(), MemberId.random(), 7, "Mina", Instant.parse("2026-01-02T03:04:05.000006Z"));

        assertThat(JSON.readValue(JSON.writeValueAsBytes(event), MemberEvent.class)).isEqualTo(event);
    }

    /// An upgrade may find them in the outbox.
    @Test
    void aSignUpThatTheFirstReleaseStoredIsTheFirstNewsOfItsMember() {
        var id = MemberId.random();
        var event = JSON.readValue("""
                {"type": "member-signed-up", "eventId": "%s", "member": %s, "username": "mina", "displayName": "Mina", "at": "2026-01-02T03:04:05Z"}
                """.formatted(Ids.next(), JSON.writeValueAsString(id)), MemberEvent.class);

        assertThat(event.sequence()).isOne();
        assertThat(event.member()).isEqualTo(id);
    }
}
