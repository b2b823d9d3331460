package picup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    @TempDir
    Path folder;

    @Test
    void defaultsAreAServerOnThisMachineAndFourAtATime() {
        var options = Options.parse(List.of(folder.toString()), Map.of());
        assertThat(options.server()).hasToString("http://localhost:8080");
        assertThat(options.parallel()).isEqualTo(4);
        assertThat(options.again()).isFalse();
        assertThat(options.user()).isNull();
    }

    @Test
    void valuesFollowTheOptionOrAnEqualsSign() {
        var options = Options.parse(List.of("--server=https://photos.example/", "--user", "mina", folder.toString(), "--parallel=8", "--again"), Map.of());
        assertThat(options.server()).hasToString("https://photos.example");
        assertThat(options.user()).isEqualTo("mina");
        assertThat(options.parallel()).isEqualTo(8);
        assertThat(options.again()).isTrue();
    }

    @Test
    void whatCannotBeUnderstoodSaysWhatIsExpected() {
        assertThatThrownBy(() -> Options.parse(List.of(), Map.of())).hasMessageContaining("import");
        assertThatThrownBy(() -> Options.parse(List.of(folder + "/none"), Map.of())).hasMessageContaining("none");
        assertThatThrownBy(() -> Options.parse(List.of(folder.toString(), "--parallel", "0"), Map.of())).hasMessageContaining("32");
        assertThatThrownBy(() -> Options.parse(List.of(folder.toString(), "--server", "localhost:8080"), Map.of())).hasMessageContaining("http://");
        assertThatThrownBy(() -> Options.parse(List.of(folder.toString(), "--user"), Map.of())).hasMessageContaining("--user");
    }

    @Test
    void thePasswordIsNeverPrinted() {
        var options = Options.parse(List.of(folder.toString()), Map.of("PICUP_PASSWORD", "hidden-word"));
        assertThat(options.password()).isEqualTo("hidden-word");
        assertThat(options.toString()).doesNotContain("hidden-word");
    }

    @Test
    void anApiKeyComesFromAFileOrTheEnvironmentAndIsNeverPrinted() throws java.io.IOException {
        var file = java.nio.file.Files.writeString(folder.resolve("key"), "picup_from-file\n");
        var variables = Map.of("PICUP_API_KEY", "picup_from-environment");
        assertThat(Options.parse(List.of(folder.toString()), variables).apiKey()).isEqualTo("picup_from-environment");
        var options = Options.parse(List.of(folder.toString(), "--key-file", file.toString()), variables);
        assertThat(options.apiKey()).isEqualTo("picup_from-file");
        assertThat(options.toString()).doesNotContain("picup_");
    }

    @Test
    void theLocaleOfTheTerminalDecidesTheLanguage() {
        assertThat(Text.korean(Map.of("LANG", "ko_KR.UTF-8"))).isTrue();
        assertThat(Text.korean(Map.of("LANG", "ko_KR.UTF-8", "LC_ALL", "C.UTF-8"))).isFalse();
        assertThat(Text.FOUND.in(true, 3, "1 MB", "/사진")).isEqualTo("/사진: 파일 3개 (1 MB)");
        assertThat(Text.bytes(999)).isEqualTo("999 B");
        assertThat(Text.bytes(3_440_000)).isEqualTo("3.4 MB");
        assertThat(Text.bytes(999_700)).isEqualTo("1.0 MB");
    }
}
