package picup.member.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/albums", "/albums/7?sort=new#top", "/sign-in?to=https://evil.example", "/search?q=%2F%2Fevil", "/%EC%A0%9C%EC%A3%BC"})
    void aScreenOfOursIsKept(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "albums", "https://evil.example", "https:evil.example", "javascript:alert(1)", "//evil.example", "///evil.example",
            "/\\evil.example", "\\\\evil.example", "/\\/evil.example", "/albums\\..\\evil", "/\t/evil.example", "\t//evil.example", "/\n/evil.example",
            "/albums\r\nLocation: https://evil.example", "/\u0000/evil.example", " //evil.example", "/%2Fevil.example", "/%2f%2fevil.example", "/%5Cevil.example",
            "%2F%2Fevil.example", "/albums/%0d%0aSet-Cookie:x", "/albums%5c", "/%", "/%zz", "/제주", "/api/auth/sessions", "/@\u202Eevil"})
    void whateverElseLeadsHome(String path) {
        assertThat(ReturnPath.of(path)).isEqualTo("/");
    }

    @Test
    void nothingAndTooMuchLeadHome() {
        assertThat(ReturnPath.of(null)).isEqualTo("/");
        assertThat(ReturnPath.of("/" + "a".repeat(2_000))).isEqualTo("/");
    }
}
