package picup.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The shipped nginx configuration sends every endpoint to the role that has it, the ones that are added later too.
class NginxRoutesTest {
    private static final Pattern MEMBER = Pattern.compile("location ~ (\\S+) \\{\\s+proxy_pass http://picup_member;");

    @Test
    void everyEndpointGoesToTheRoleThatHasIt() throws IOException {
        var found = MEMBER.matcher(Files.readString(Path.of("../deploy/nginx/picup.conf")));
        assertThat(found.find()).isTrue();
        var members = Pattern.compile(found.group(1));
        var wrong = new ArrayList<String>();
        int endpoints = 0;
        for (var endpoint : Product.part(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet()) {
            var home = endpoint.getValue().getBeanType().getPackageName();
            for (var path : endpoint.getKey().getPatternValues()) {
                if (home.startsWith("picup.") && !home.startsWith("picup.platform")) {
                    endpoints++;
                    if (members.matcher(path).find() != home.startsWith("picup.member")) {
                        wrong.add(path + " of " + home);
                    }
                }
            }
        }
        assertThat(endpoints).isGreaterThan(25);
        assertThat(wrong).as("deploy/nginx/picup.conf sends these to the wrong role; change its `location ~ %s`", members).isEmpty();
    }
}
