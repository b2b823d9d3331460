package picup.storage.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.platform.MemberId;
import picup.storage.Spaces;

/// How much room the caller has.
@RestController
class SpaceController {
    private final Spaces spaces;

    SpaceController(Spaces spaces) {
        this.spaces = spaces;
    }

    @GetMapping("/api/space")
    Spaces.Space space(MemberId member) {
        return spaces.of(member);
    }
}
