package picup.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
    private final PublicAddress untold = new PublicAddress(null);

    @ParameterizedTest
    @CsvSource({"https://Photos.Example/,https://photos.example", "https://photos.example:443,https://photos.example",
            "http://photos.example:80,http://photos.example", "https://photos.example:8443,https://photos.example:8443"})
    void whatWasToldIsOneOrigin(URI told, URI origin) {
        assertThat(new PublicAddress(told).origin("http", "192.168.0.7", 8080)).contains(origin);
    }

    @Test
    void whereNobodyToldOnlyThisMachineIsKnown() {
        assertThat(untold.origin("http", "LOCALHOST", 8080)).contains(URI.create("http://localhost:8080"));
        assertThat(untold.origin("http", "localhost", 80)).contains(URI.create("http://localhost"));
        for (var host : new String[] {"photos.example", "127.0.0.1", "localhost.evil.example", "evil.localhost"}) {
            assertThat(untold.origin("https", host, 443)).as(host).isEmpty();
        }
        assertThat(new PublicAddress(URI.create("")).origin("http", "photos.example", 80)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos.example", "ftp://photos.example", "https://photos.example/picup", "https://me@photos.example", "https://photos.example?a=b",
            "https://photos.example#top", "https:///"})
    void aBadAddressIsNamed(URI told) {
        assertThatThrownBy(() -> new PublicAddress(told)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("picup.public-url");
    }
}
