package picup.library.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picup.platform.ProblemException;

class SearchQueryTest {
    /// Words with `*` where longer ones count too, then the stretch of time.
    private static String read(String text) {
        var query = SearchQuery.of(text);
        var words = query.terms().stream().map(term -> term.word() + (term.beginning() ? "*" : "")).collect(Collectors.joining(" "));
        var time = query.from() == null && query.to() == null ? "" : " [" + query.from().toLocalDate() + " " + query.to().toLocalDate() + ")";
        return (words + time + (query.favourites() ? " favourites" : "")).strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Seoul                   | seoul*
            Łódź, café              | lodz* cafe*
            IMG_2041.JPG            | img* 2041* jpg*
            DSC_7                   | dsc* 7
            a                       | a
            제주여행                  | 제주여행*
            서울 바다                 | 서울* 바다*
            2021                    | [2021-01-01 2022-01-01)
            2041                    | 2041*
            2021년                   | [2021-01-01 2022-01-01)
            2021년 3월                | 3월 [2021-01-01 2022-01-01)
            2021년 3월 05일           | 3월 5일 [2021-01-01 2022-01-01)
            March 2021              | march* [2021-01-01 2022-01-01)
            5 March 2021            | 5일 march* [2021-01-01 2022-01-01)
            March 5th, 2021         | march* 5일 [2021-01-01 2022-01-01)
            2021-03                 | [2021-03-01 2021-04-01)
            2021-03-05              | [2021-03-05 2021-03-06)
            2021.3.5                | [2021-03-05 2021-03-06)
            2019-2021               | [2019-01-01 2022-01-01)
            2021-03..2021-05        | [2021-03-01 2021-06-01)
            2021.03 ~ 2021.05       | [2021-03-01 2021-06-01)
            2019년 – 2020년           | [2019-01-01 2021-01-01)
            2021-02-30              | 2021* 02 30
            2021 2021-05            | [2021-05-01 2021-06-01)
            Seoul favourites        | seoul* favourites
            즐겨찾기 동영상             | 동영상* favourites
            'Seoul | Busan & !x:*'  | seoul* busan* x
            """)
    void isReadAsPeopleMeanIt(String text, String expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "!!! ???", "_", "🏖️"})
    void ofPunctuationAloneFindsNothing(String text) {
        assertThat(SearchQuery.of(text).isNothing()).isTrue();
    }

    @Test
    void hasLimits() {
        for (var wrong : new String[] {null, "", "  \n", "x".repeat(201), "a b c d e f g h i j k l m n o p q r s t u v w x y z"}) {
            assertThatThrownBy(() -> SearchQuery.of(wrong)).isInstanceOf(ProblemException.class);
        }
        assertThat(SearchQuery.of("가".repeat(200)).terms().getFirst().word()).hasSize(PictureWords.PIECE_CHARS);
    }
}
