package picup.library.web;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import picup.platform.security.SignedIn;

/// News of one's library while it happens, as server-sent events.
@RestController
class LiveController {
    private final LiveBrowsers browsers;

    LiveController(LiveBrowsers browsers) {
        this.browsers = browsers;
    }

    @GetMapping(path = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> live(SignedIn signedIn) {
        return ResponseEntity.ok().header("X-Accel-Buffering", "no").header("Cache-Control", "no-store").body(browsers.connect(signedIn));
    }
}
