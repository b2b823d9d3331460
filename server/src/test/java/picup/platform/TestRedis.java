package picup.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A real Redis on a free port of the loopback, which can be stopped, started again and frozen.
public final class TestRedis implements AutoCloseable {
    private final Path folder;
    private final int port = freePort();
    private Process server;

    public TestRedis(Path folder) {
        this.folder = folder;
        start();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        try {
            server = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", "redis-server", "--port", "" + port, "--bind", "127.0.0.1",
                    "--save", "", "--appendonly", "no", "--dir", folder.toString(), "--requirepass", "secret")
                    .redirectErrorStream(true).redirectOutput(folder.resolve("redis.log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("redis-server").until(this::listens);
    }

    private boolean listens() {
        if (!server.isAlive()) {
            throw new AssertionError("redis-server ended; see " + folder.resolve("redis.log"));
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "redis://:secret@127.0.0.1:" + port;
    }

    /// It takes connections then, and says nothing.
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + server.pid()).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        server.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }
}
