package picup.platform;

import java.io.IOException;

/// Another server that this one needs is away, hangs or refuses at the moment. No file is to blame for that: a request is answered with 503
/// and when to come back, a job waits and loses no attempt.
public class Unavailable extends IOException {
    /// @param message for whoever runs this, and shown to clients: what is away, without addresses or secrets
    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
