package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "picup.sign-up=closed")
class ClosedSignUpModuleTest extends RunningPicup {
    @Test
    void nobodyFollowsTheFirstMember() {
        var ada = signUp("ada");
        assertThat(ada.status()).isEqualTo(201);

        var answer = signUp("grace");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("sign-up-closed");
        assertThat(send("GET", "/api/instance", null).text("signUp")).isEqualTo("closed");
        assertThat(send("POST", "/api/admin/invitations", Map.of(), "Cookie", ada.cookieHeader()).code()).isEqualTo("sign-up-closed");
        assertThat(database.sql("select count(*) from member.account").query(Long.class).single()).isEqualTo(1);
    }

    /// Made while the sign-up was open to invitations.
    @Test
    void anInvitationDoesNotOpenWhatIsClosed() {
        var ada = signUp("ada");
        database.sql("""
                insert into member.invitation (id, secret_hash, note, created_by, created_at, expires_at)
                values (gen_random_uuid(), sha256('secret'), '', :ada, now(), now() + interval '1 day')
                """).param("ada", java.util.UUID.fromString(ada.text("id"))).update();

        assertThat(send("POST", "/api/members", Map.of("username", "grace", "password", "password of grace", "invitation", "secret")).code())
                .isEqualTo("sign-up-closed");
    }
}
