package picup.member.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;
import picup.platform.Problem;
import picup.platform.PublicAddress;

/// At which of its addresses Picup speaks to a browser.
@Component
class Origins {
    private final PublicAddress address;

    Origins(PublicAddress address) {
        this.address = address;
    }

    Optional<URI> find(HttpServletRequest request) {
        return address.origin(request.getScheme(), request.getServerName(), request.getServerPort());
    }

    /// @throws picup.platform.ProblemException `NO_PUBLIC_ADDRESS`
    URI of(HttpServletRequest request) {
        return find(request).orElseThrow(() -> Problem.NO_PUBLIC_ADDRESS.because(
                "Passkeys and accounts elsewhere need to know where Picup is. Whoever runs it sets PICUP_PUBLIC_URL, such as https://photos.example."));
    }
}
