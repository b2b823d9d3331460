package picup.member;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.security.KeyDocument;
import picup.platform.security.KeyFolder;

/// The public keys of access tokens, for processes that have no [KeyFolder] of their own. Anybody may ask, so the folder is
/// read once a second at most; a file that cannot be read in the middle of a rotation takes no key away.
@Component
public class PublishedKeys {
    private static final Duration REREAD = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

    private final KeyFolder folder;
    private final InstantSource clock;
    private volatile Read last;

    private record Read(KeyDocument document, Instant at) {}

    /// @param made is there so that the first key is made before it is published
    PublishedKeys(KeyFolder folder, SigningKeys made, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.last = new Read(KeyDocument.of(folder.publicKeys()), clock.instant());
    }

    public KeyDocument document() {
        var before = last;
        var now = clock.instant();
        if (now.isBefore(before.at.plus(REREAD))) {
            return before.document;
        }
        try {
            last = new Read(KeyDocument.of(folder.publicKeys()), now);
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.error("The keys of access tokens cannot be read; publishing the ones from before", e);
            last = new Read(before.document, now);
        }
        return last.document;
    }
}
