package picup.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderNameTest {
    @ParameterizedTest
    @CsvSource({
        "Photos/2020,                Photos/2020",
        "/Photos//2020/,             Photos/2020",
        "Photos\\2020,               Photos/2020",
        "../../etc/./x,              etc/x",
        "C:\\Users\\mina\\Pictures,  C:/Users/mina/Pictures",
        "'  ',                       ''",
        "여름 바다,                   여름 바다"})
    void isARelativePath(String sent, String kept) {
        assertThat(FolderName.clean(sent)).isEqualTo(kept);
    }

    @Test
    void decomposedLettersAreTheSameFolder() {
        assertThat(FolderName.clean("U\u0308bung")).isEqualTo(FolderName.clean("Übung"));
    }

    @Test
    void whatIsTooLongKeepsItsEndAndNoHalfCharacter() {
        var clean = FolderName.clean("🌊🌊🌊/".repeat(400) + "end");
        assertThat(clean.length()).isLessThanOrEqualTo(FolderName.LONGEST_CHARS);
        assertThat(clean).endsWith("/end");
        assertThat(Character.isLowSurrogate(clean.charAt(0))).isFalse();
        assertThat(FolderName.clean("a\0b\u202egpj/c\n")).isEqualTo("abgpj/c");
    }
}
