package picup.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

class CrossSiteFilterTest {
    private boolean refused;
    private final CrossSiteFilter filter = new CrossSiteFilter(new Refusals((_, _, _, _) -> {
        refused = true;
        return new ModelAndView();
    }));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # method, Sec-Fetch-Site, Origin,                     allowed
            POST,     same-origin,    https://evil.example,       true
            POST,     none,           -,                          true
            POST,     same-site,      -,                          false
            POST,     cross-site,     -,                          false
            POST,     cross-site,     http://home.example:8080,   false
            POST,     '',             -,                          false
            PUT,      cross-site,     -,                          false
            PATCH,    cross-site,     -,                          false
            DELETE,   cross-site,     -,                          false
            MKCOL,    cross-site,     -,                          false
            post,     cross-site,     -,                          false
            GET,      cross-site,     https://evil.example,       true
            HEAD,     cross-site,     -,                          true
            OPTIONS,  cross-site,     -,                          true
            POST,     -,              -,                          true
            POST,     -,              http://home.example:8080,   true
            POST,     -,              HTTP://HOME.example:8080,   true
            POST,     -,              https://home.example:8080,  true
            POST,     -,              http://home.example,        false
            POST,     -,              http://home.example:9090,   false
            POST,     -,              http://evil.example:8080,   false
            POST,     -,              http://home.example.evil.example:8080, false
            POST,     -,              http://home.example:8080@evil.example, false
            POST,     -,              null,                       false
            POST,     -,              '',                         false
            POST,     -,              http://,                    false
            """)
    void onlyOurOwnPagesMayChangeThings(String method, @Nullable String site, @Nullable String origin, boolean allowed) throws Exception {
        assertThat(passes(request(method, "http", 8080), site, origin)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"https,443,https://home.example,true", "http,80,https://home.example,true", "http,80,http://home.example,true",
            "https,443,https://home.example:8443,false", "http,80,https://home.example:80,false"})
    void aProxyThatEndsTlsMayKeepSilentAboutIt(String scheme, int port, String origin, boolean allowed) throws Exception {
        assertThat(passes(request("POST", scheme, port), null, origin)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"Bearer x,true", "bearer x,true", "Basic x,false", "Bearerx,false"})
    void whoBringsABearerTokenIsNoBrowserOfAnotherSite(String authorization, boolean allowed) throws Exception {
        var request = request("POST", "http", 8080);
        request.addHeader("Authorization", authorization);
        assertThat(passes(request, "cross-site", null)).isEqualTo(allowed);
    }

    private static MockHttpServletRequest request(String method, String scheme, int port) {
        var request = new MockHttpServletRequest(method, "/api/pictures");
        request.setScheme(scheme);
        request.setServerName("home.example");
        request.setServerPort(port);
        return request;
    }

    private boolean passes(MockHttpServletRequest request, @Nullable String site, @Nullable String origin) throws Exception {
        if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        var chain = new MockFilterChain();
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        assertThat(refused).isNotEqualTo(chain.getRequest() != null);
        return !refused;
    }
}
