package picup.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which encoder is chosen, by trials that are made up: few machines have even one of the chips.
class EncoderTest {

    @Test
    void theFirstChipThatWorksIsTaken() throws Exception {
        List<String> tried = new ArrayList<>();
        Encoder chosen = Encoder.best(Encoder.CHIPS, encoder -> {
            tried.add(encoder.name());
            return encoder.name().equals("h264_qsv");
        });
        assertThat(chosen.name()).isEqualTo("h264_qsv");
        assertThat(tried).containsExactly("h264_nvenc", "h264_qsv");
    }

    @Test
    void withoutAChipItIsSoftware() throws Exception {
        assertThat(Encoder.best(Encoder.CHIPS, _ -> false)).isSameAs(Encoder.SOFTWARE);
        assertThat(Encoder.SOFTWARE.software()).isTrue();
        assertThat(Encoder.CHIPS).noneMatch(Encoder::software);
    }

    @Test
    void allPutKeyFramesWhereSeekingLands() {
        assertThat(Encoder.CHIPS).allSatisfy(encoder -> assertThat(encoder.arguments()).contains("-force_key_frames", "expr:gte(t,n_forced*2)"));
        assertThat(Encoder.SOFTWARE.arguments()).contains("-force_key_frames", "expr:gte(t,n_forced*2)");
    }
}
