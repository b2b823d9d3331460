package picup.member.web;

import java.util.Locale;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.Instance;

/// For somebody who has just arrived: whether to sign in, or to be the first.
@RestController
class InstanceController {
    private static final String NAME = "Picup";

    private final Instance instance;
    private final BuildProperties build;

    InstanceController(Instance instance, BuildProperties build) {
        this.instance = instance;
        this.build = build;
    }

    /// @param empty  whether nobody has signed up yet; the next who does is the administrator
    /// @param signUp who may sign up after that: `open`, `invitation`, `closed`
    record InstanceJson(String name, String version, boolean empty, String signUp) {}

    @GetMapping("/api/instance")
    InstanceJson instance() {
        return new InstanceJson(NAME, build.getVersion(), instance.isEmpty(), instance.signUp().name().toLowerCase(Locale.ROOT));
    }
}
