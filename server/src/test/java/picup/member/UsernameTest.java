package picup.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
    @ParameterizedTest
    @CsvSource({"Ada,ADA", "ａｄａ,ada", "Straße,STRASSE", "STRAẞE,strasse", "ΟΔΟΣ,οδος", "οδοσ,οδος", "ﬁnn,FINN", "I,ı", "é,É", "Ⅷ,viii", "K,k"})
    void spellingsOfOneNameMeet(String one, String other) {
        assertThat(Username.of(one).key()).isEqualTo(Username.of(other).key());
    }

    @ParameterizedTest
    @CsvSource({"ada,adá", "ada,аda", "a b,ab", "o,0"})
    void otherNamesAreOthers(String one, String other) {
        assertThat(Username.of(one).key()).isNotEqualTo(Username.of(other).key());
    }

    @Test
    void aNameIsShownAsWrittenInItsNormalForm() {
        assertThat(Username.of("Ａda Lovelace").shown()).isEqualTo("Ada Lovelace");
    }

    @Test
    void foldingAgainChangesNothing() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String typed = "x" + Character.toString(character) + "x";
            try {
                String key = Username.of(typed).key();
                assertThat(Username.of(key).key()).as("U+%04X", character).isEqualTo(key);
            } catch (IllegalArgumentException e) {
                continue; // not a name
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", " ada", "ada ", "\u00A0ada", "ada\u3000", "a\u0000da", "a\nda", "a\u007Fda", "a\u202Eda",
            "a\u2066da", "a\u200Fda", "a\u200Bda", "a\u200Dda", "\uFEFFada", "a\u2028da", "a\uD800da", "a\uE000da", "a\uFFFFda", "a\u00ADda"})
    void whatCannotBeSeenIsRefused(String name) {
        assertThatThrownBy(() -> Username.of(name)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 64");
    }

    @Test
    void lengthCountsCharactersNotTheirCode() {
        assertThat(Username.of("😀".repeat(64)).shown()).hasSize(128);
        assertThatThrownBy(() -> Username.of("😀".repeat(65))).hasMessageContaining("64");
        // one character that becomes eighteen
        assertThatThrownBy(() -> Username.of("\uFDFA".repeat(4))).hasMessageContaining("64");
    }
}
