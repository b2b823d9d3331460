package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nobody uses costs nothing at the start: not one class of it is loaded.
class IdleStartJourneyTest {
    private static final List<String> UNUSED = List.of("com.webauthn4j.", "org.springframework.security.web.webauthn.", "com.nimbusds.oauth2.",
            "com.nimbusds.openid.");

    @TempDir
    Path folder;

    @Test
    void passkeysAndProvidersWaitUntilSomebodyNeedsThem() throws IOException, InterruptedException {
        var classes = folder.resolve("classes");
        try (var picup = new Instance(folder, "-Xlog:class+load:file=" + classes)) {
            assertThat(new Person(picup.address(), null).get("/api/instance").status()).isEqualTo(200);
            try (var loaded = Files.lines(classes)) {
                var names = loaded.map(line -> line.split("] ")).map(parts -> parts[parts.length - 1].split(" ")[0]).toList();
                assertThat(names).contains("picup.member.passkey.RelyingParties", "picup.member.oidc.Providers");
                assertThat(names).filteredOn(name -> UNUSED.stream().anyMatch(name::startsWith)).isEmpty();
            }
        }
    }
}
