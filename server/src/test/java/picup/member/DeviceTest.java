package picup.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 | Chrome on Linux
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0 | Edge on Windows
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15 | Safari on Mac
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1 | Safari on iPhone
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1 | Chrome on iPhone
            Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36 | Samsung Internet on Android
            Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0 | Firefox on Android
            Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 | Chrome on ChromeOS
            Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 | Firefox on Linux
            Mozilla/5.0 (Windows NT 10.0) | Windows
            curl/8.14.1 | curl
            Java-http-client/25.0.1 | Java-http-client
            rclone | rclone
            PicupPhone/2.1 (iPhone; iOS 19) | PicupPhone on iPhone
            """)
    void aDeviceIsCalledWhatAPersonWouldCallIt(String userAgent, String name) {
        assertThat(Device.named(userAgent)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Mozilla/5.0", "<script>alert(1)</script>", "\u202Egnp.exe/1", "1; drop table member.session",
            "a\u0000b", "()", "/", "你好/1.0", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/1"})
    void whatNamesNothingIsNotRepeated(String userAgent) {
        assertThat(Device.named(userAgent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chrome/1 <img src=x onerror=alert(1)> Linux", "Linux\n\u202EChrome/"})
    void nothingAroundTheMarksIsRepeated(String userAgent) {
        assertThat(Device.named(userAgent)).contains("Chrome on Linux");
    }
}
