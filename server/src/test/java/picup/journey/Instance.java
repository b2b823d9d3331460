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
import org.jspecify.annotations.Nullable;
import picup.platform.PreparedPostgres;

/// Picup as a process of its own, so that it can be killed. Unless it is told otherwise, with its own PostgreSQL and data folder, which begins
/// with a [PreparedPostgres].
///
/// What runs is the server as `./picup` starts it, if `picup.server-command` names the file that has its words: it starts in half of
/// the time. Without, as in a test that is run by itself, it is the classes that have just been compiled.
final class Instance implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(40);
    private static final @Nullable String BUILT = System.getProperty("picup.server-command");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final @Nullable List<String> flags;
    private final int port;
    private final List<String> settings;
    private Process server;

    Instance(Path folder) {
        this(folder, null, List.of());
        awaitReady();
    }

    /// The compiled classes in any case, for who looks at which are loaded: what makes the built one start fast loads more of them.
    ///
    /// @param flags of its Java
    static Instance ofCompiledClasses(Path folder, String... flags) {
        var instance = new Instance(folder, List.of(flags), List.of());
        instance.awaitReady();
        return instance;
    }

    /// @param flags of its Java, if that is to run the compiled classes; null when it does not matter what runs
    private Instance(Path folder, @Nullable List<String> flags, List<String> settings) {
        this.folder = folder;
        this.flags = flags;
        this.settings = settings;
        this.port = freePort();
        if (ownsDatabase() && Files.notExists(folder.resolve("data"))) {
            PreparedPostgres.copyTo(folder.resolve("data"));
        }
        this.server = launch();
    }

    /// Not ready yet, so that several can start at once.
    ///
    /// @param settings `picup.roles=member`
    static Instance starting(Path folder, String... settings) {
        return new Instance(folder, null, List.of(settings));
    }

    /// As [#starting], with the compiler that the product has, as the built one always is. It starts more slowly and then computes a
    /// password twice as fast.
    static Instance startingAtFullSpeed(Path folder, String... settings) {
        return new Instance(folder, BUILT == null ? List.of("-XX:TieredStopAtLevel=4") : null, List.of(settings));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean ownsDatabase() {
        return settings.stream().noneMatch(setting -> setting.startsWith("picup.data=") || setting.startsWith("picup.database.url="));
    }

    private Process launch() {
        try {
            var command = BUILT == null || flags != null ? compiled(flags == null ? List.of() : flags) : new ArrayList<>(Files.readAllLines(Path.of(BUILT)));
            command.addAll(List.of("--server.port=" + port, "--picup.sign-up=open"));
            settings.forEach(setting -> command.add("--" + setting));
            if (settings.stream().noneMatch(setting -> setting.startsWith("picup.data="))) {
                command.add("--picup.data=" + folder.resolve("data"));
            }
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends with the test, even when that is killed.
    private static List<String> compiled(List<String> flags) {
        var command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "picup.PicupApplication"));
        return command;
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
        launchAgain();
        awaitReady();
    }

    /// Not ready yet, so that several can start at once.
    void launchAgain() {
        server = launch();
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

    /// Told to stop, as by an operator. It lets its jobs finish, up to half a minute; here what is still being decoded is not waited for.
    @Override
    public void close() throws InterruptedException {
        server.destroy();
        for (long end = System.nanoTime() + STOP.toNanos(); !server.waitFor(100, TimeUnit.MILLISECONDS);) {
            killDecoder();
            if (System.nanoTime() > end) {
                server.destroyForcibly().waitFor();
            }
        }
    }
}
