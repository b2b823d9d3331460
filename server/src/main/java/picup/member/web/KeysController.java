package picup.member.web;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.PublishedKeys;
import picup.platform.security.KeyDocument;

/// What others verify our access tokens with.
@RestController
class KeysController {
    /// Shorter than a new public key is there before its private one signs.
    private static final CacheControl SHORTLY = CacheControl.maxAge(Duration.ofSeconds(15)).cachePublic();

    private final PublishedKeys keys;

    KeysController(PublishedKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/api/auth/keys")
    ResponseEntity<KeyDocument> keys() {
        return ResponseEntity.ok().cacheControl(SHORTLY).body(keys.document());
    }
}
