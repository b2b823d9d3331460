package picup.library.locked;

import org.springframework.stereotype.Component;
import picup.library.OpenFolders;
import picup.platform.security.EndedSessions;

/// A sign-out closes the folder. Where this process does not hear of it, the session's access token runs out within ten minutes, and nobody has another.
@Component
class CloseWithSession {
    CloseWithSession(EndedSessions ended, OpenFolders folders) {
        ended.whenEnded(session -> Thread.ofVirtual().name("close-locked-folder").start(() -> folders.close(session)));
    }
}
