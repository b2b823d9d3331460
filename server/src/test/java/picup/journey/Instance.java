package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// Picup as a process of its own, with its own PostgreSQL and data folder, so that it can be killed.
final class Instance implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final int port;
    private Process server;

    Instance(Path folder) {
        this.folder = folder;
        this.port = freePort();
        this.server = launch();
        awaitReady();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            // Ends with the test, even when that is killed.
            return new ProcessBuilder("setpriv", "--pdeathsig", "KILL", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), "picup.PicupApplication",
                    "--server.port=" + port, "--picup.data=" + folder.resolve("data"))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return folder.resolve("server.log");
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    private void awaitReady() {
        Awaitility.await("Picup, see " + log()).atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!server.isAlive()) {
                throw new AssertionError("Picup ended with " + server.exitValue() + ":\n" + Files.readString(log()));
            }
            return ready();
        });
    }

    private boolean ready() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(address() + "/health/ready")).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// `kill -9` of the server, and a new one over the same data.
    void killServerAndStartAgain() {
        server.destroyForcibly();
        server.onExit().join();
        server = launch();
        awaitReady();
    }

    /// @return false when there is none at the moment
    boolean killDecoder() {
        return kill(command -> command.contains("picup.decoder.DecoderMain"));
    }

    /// The postmaster alone; its children end by themselves when they miss it.
    boolean killPostgres() {
        return kill(command -> command.getFirst().endsWith("/bin/postgres") && command.contains("-D"));
    }

    private boolean kill(Predicate<List<String>> victim) {
        return server.descendants().filter(process -> victim.test(command(process))).findAny().map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /// Java's own view of a command leaves out what it may not read, and cuts what is long.
    private static List<String> command(ProcessHandle process) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0"));
        } catch (IOException e) {
            return List.of(""); // it has ended meanwhile
        }
    }

    long pid() {
        return server.pid();
    }

    boolean alive() {
        return server.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(40, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
