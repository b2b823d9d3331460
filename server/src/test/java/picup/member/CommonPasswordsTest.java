package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picup.platform.Problem;
import picup.platform.ProblemException;

class CommonPasswordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"password", "12345678", "qwertyuiop", "1qaz2wsx", "PassWord", "ｐａｓｓｗｏｒｄ", "dimazarya"})
    void whatManyChooseIsKnownInAnyCase(String password) {
        assertThat(CommonPasswords.contains(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery staple", "a long enough password", "password of ada", "u7!kQz2pWm"})
    void whatNobodyElseChoosesIsNot(String password) {
        assertThat(CommonPasswords.contains(password)).isFalse();
    }

    /// Or the search would miss some of them.
    @Test
    void theListIsLongAndInOrder() throws IOException {
        byte[] list;
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream(CommonPasswords.RESOURCE))) {
            list = in.readAllBytes();
        }
        int size = CommonPasswords.PREFIX_BYTES;
        assertThat(list.length % size).isZero();
        assertThat(list.length / size).isGreaterThan(10_000);
        for (int at = size; at < list.length; at += size) {
            assertThat(Arrays.compareUnsigned(list, at - size, at, list, at, at + size)).isNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({"ada.lovelace,Ada.Lovelace", "lovelace,lovelace1843!", "lovelace,1843LOVELACE", "lovelace,ecalevol99", "ada1,adaada!!",
            "anna2024,99annaanna"})
    void aPasswordThatIsTheNameInDisguiseIsRefused(String username, String password) {
        assertThatThrownBy(() -> Password.chosen(password, Username.of(username)))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.COMMON_PASSWORD));
    }

    @ParameterizedTest
    @CsvSource({"ada,password of ada", "7,98127398127", "bo,bob and alice"})
    void aPasswordThatOnlyContainsTheNameIsNot(String username, String password) {
        assertThat(Password.chosen(password, Username.of(username)).clear()).isEqualTo(password);
    }
}
