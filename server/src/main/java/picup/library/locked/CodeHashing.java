package picup.library.locked;

import org.springframework.stereotype.Component;
import picup.platform.hashing.SlowHashing;

/// One at a time: people unlock folders far more seldom than they sign in, and the cores are for pictures.
@Component
class CodeHashing {
    private static final int AT_ONCE = 1;
    private static final int MOST_WAITING = 32;

    private final SlowHashing hashing = new SlowHashing(SlowHashing.argon2id(), "folder-code-hashing", AT_ONCE, MOST_WAITING);

    String hash(FolderCode code) {
        return hashing.hash(code.clear());
    }

    boolean matches(FolderCode code, String hash) {
        return hashing.matches(code.clear(), hash);
    }
}
