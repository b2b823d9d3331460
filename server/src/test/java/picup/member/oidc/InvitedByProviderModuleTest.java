package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/// A provider vouches for who somebody is. Whether they may sign up is for the instance.
@TestPropertySource(properties = "picup.sign-up=invitation")
class InvitedByProviderModuleTest extends RunningPicupWithProvider {
    @Test
    void aNewcomerByAProviderNeedsAnInvitationToo() {
        var founder = browserOf("ada");
        enter(founder, "family");
        assertThat(me(founder).json().get("administrator").asBoolean()).isTrue();
        var grace = browserOf("grace");
        assertThat(enter(grace, "family").header("Location")).isEqualTo("/sign-in?problem=invitation-needed");
        var invitation = founder.post(origin() + "/api/admin/invitations", Map.of()).text("secret");

        var departure = grace.post(origin() + "/api/auth/provider-sign-ins", Map.of("provider", "family", "invitation", invitation));
        grace.get(answerOf(grace, departure.text("location")));

        assertThat(me(grace).text("username")).isEqualTo("grace");
        var eve = browserOf("eve");
        var again = eve.post(origin() + "/api/auth/provider-sign-ins", Map.of("provider", "family", "invitation", invitation));
        assertThat(eve.get(answerOf(eve, again.text("location"))).header("Location")).isEqualTo("/sign-in?problem=invitation-over");
    }
}
