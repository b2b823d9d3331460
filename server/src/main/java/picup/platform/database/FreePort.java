package picup.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A loopback port that nobody listened on a moment ago. Whoever uses it must still check whom they talk to.
final class FreePort {
    private FreePort() {}

    static int pick() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
