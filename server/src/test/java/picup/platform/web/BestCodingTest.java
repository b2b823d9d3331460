package picup.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

class BestCodingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            gzip, deflate, br, zstd  | br
            br, gzip                 | br
            GZIP, BR                 | br
            gzip;q=1.0, br;q=0.5     | br
            gzip                     | gzip
            gzip, br;q=0             | gzip
            gzip , br; q=0.000       | gzip
            br;q=0                   | identity
            xgzip, brotli            | identity
            ''                       | identity
            -                        | identity
            """)
    void theShortestThatTheClientTakesIsChosen(String acceptEncoding, String coding) {
        assertThat(BestCoding.best(acceptEncoding)).isEqualTo(coding);
    }

    /// Spring alone gave gzip to every browser, as they all name it first.
    @Test
    void aBrowserGetsTheBrotliFile() throws Exception {
        for (var name : List.of("app.js", "app.js.gz", "app.js.br")) {
            Files.writeString(folder.resolve(name), name);
        }

        assertThat(served("gzip, deflate, br").getContentAsString()).isEqualTo("app.js.br");
        assertThat(served("gzip, deflate, br").getHeader("Content-Encoding")).isEqualTo("br");
        assertThat(served("gzip").getContentAsString()).isEqualTo("app.js.gz");
        assertThat(served("identity").getContentAsString()).isEqualTo("app.js");
    }

    private MockHttpServletResponse served(String acceptEncoding) throws Exception {
        var files = new ResourceHttpRequestHandler();
        files.setLocations(List.of(new FileSystemResource(folder + "/")));
        files.setResourceResolvers(List.of(new BestCoding(), new EncodedResourceResolver(), new PathResourceResolver()));
        files.afterPropertiesSet();
        var request = new MockHttpServletRequest("GET", "/app.js");
        request.addHeader("Accept-Encoding", acceptEncoding);
        request.setAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE, "app.js");
        var response = new MockHttpServletResponse();
        files.handleRequest(request, response);
        return response;
    }
}
