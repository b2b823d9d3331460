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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// Picup as a process of its own, so that it can be killed. Unless it is told otherwise, with its own PostgreSQL and data folder.
final class Instance implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final List<String> flags;
    private final int port;
    private final List<String> settings;
    private Process server;

    /// @param flags of its Java
    Instance(Path folder, String... flags) {
        this(folder, List.of(flags), List.of());
        awaitReady();
    }

    private Instance(Path folder, List<String> flags, List<String> settings) {
        this.folder = folder;
        this.flags = flags;
        this.settings = settings;
        this.port = freePort();
        this.server = launch();
    }

    /// Not ready yet, so that several can start at once.
    ///
    /// @param settings `picup.roles=member`
    static Instance starting(Path folder, String... settings) {
        return new Instance(folder, List.of(), List.of(settings));
    }

    /// As [#starting], with the compiler that the product has. It starts more slowly and then computes a password twice as fast.
    static Instance startingAtFullSpeed(Path folder, String... settings) {
        return new Instance(folder, List.of("-XX:TieredStopAtLevel=4"), List.of(settings));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            // Ends with the test, even when that is killed.
            var command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
            command.addAll(flags);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "picup.PicupApplication",
                    "--server.port=" + port, "--picup.sign-up=open"));
            settings.forEach(setting -> command.add("--" + setting));
            if (settings.stream().noneMatch(setting -> setting.startsWith("picup.data="))) {
                command.add("--picup.data=" + folder.resolve("data"));
            }
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
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

    void awaitReady() {
        Awaitility.await("Picup, see " + log()).atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!server.isAlive()) {
                throw new AssertionError("Picup ended with " + server.exitValue() + ":\n" + Files.readString(log()));
            }
            return ready();
        });
    }

    boolean ready() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(address() + "/health/ready")).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// `kill -9`, without another.
    void kill() {
        server.destroyForcibly();
        server.onExit().join();
    }

    void startAgain() {
        server = launch();
        awaitReady();
    }

    /// `kill -9` of the server, and a new one over the same data.
    void killServerAndStartAgain() {
        kill();
        startAgain();
    }

    /// Stopped in the middle of whatever it does (SIGSTOP): it takes connections, and says nothing.
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + server.pid()).start().onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By itself, as it has refused to start.
    void awaitEnd() {
        Awaitility.await("the end of Picup, see " + log()).atMost(START).until(() -> !server.isAlive());
    }

    boolean hasDecoder() {
        return server.descendants().anyMatch(process -> command(process).contains("picup.decoder.DecoderMain"));
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
