package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class InstanceModuleTest extends RunningPicup {
    @Autowired
    Accounts accounts;

    @Test
    void anInstanceIsEmptyUntilSomebodySignsUp() {
        var instance = new Instance(accounts, new SignUpSettings(SignUpMode.OPEN));
        assertThat(instance.isEmpty()).isTrue();

        signUp("ada");

        assertThat(instance.isEmpty()).isFalse();
    }

    @Test
    void anInstanceThatIsNotEmptyNeverAsksAgain() {
        var instance = new Instance(accounts, new SignUpSettings(SignUpMode.OPEN));
        signUp("ada");
        assertThat(instance.isEmpty()).isFalse();
        database.sql("truncate member.account, member.founder cascade").update();

        assertThat(instance.isEmpty()).isFalse();
    }

    @Test
    void anybodyMayAskWhatThisIs() {
        signUp("ada");

        var answer = send("GET", "/api/instance", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("name")).isEqualTo("Picup");
        assertThat(answer.text("version")).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(answer.json().get("empty").asBoolean()).isFalse();
        assertThat(answer.text("signUp")).isEqualTo("open");
    }
}
