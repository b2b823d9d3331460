package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import picup.member.Instance;

/// For somebody who has just arrived: whether to sign in, or to be the first.
@RestController
class InstanceController {
    private static final String NAME = "Picup";

    private final Instance instance;
    private final Origins origins;
    private final BuildProperties build;

    InstanceController(Instance instance, Origins origins, BuildProperties build) {
        this.instance = instance;
        this.origins = origins;
        this.build = build;
    }

    /// @param empty       whether nobody has signed up yet; the next who does is the administrator
    /// @param signUp      who may sign up after that: `open`, `invitation`, `closed`
    /// @param otherWaysIn null where Picup does not know its own address, so that there is only the password
    record InstanceJson(String name, String version, boolean empty, String signUp, @Nullable OtherWaysInJson otherWaysIn) {}

    /// @param origin at which they work
    record OtherWaysInJson(String origin, boolean passkeys) {}

    @GetMapping("/api/instance")
    InstanceJson instance(HttpServletRequest request) {
        var others = origins.find(request).map(origin -> new OtherWaysInJson(origin.toString(), true)).orElse(null);
        return new InstanceJson(NAME, build.getVersion(), instance.isEmpty(), instance.signUp().name().toLowerCase(Locale.ROOT), others);
    }
}
