package picup.backup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picup.platform.CannotStart;
import tools.jackson.databind.json.JsonMapper;

/// A Picup of this build over a folder that is thrown away: on this machine only, on a free port, without a setting of the one that was backed
/// up, so that it neither sends mail nor takes news from a broker.
final class ScratchPicup implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final long BETWEEN_LOOKS_NANOS = 50_000_000;
    private static final List<String> OURS = List.of("PICUP_", "SPRING_", "SERVER_", "LOGGING_");

    private final Process server;
    private final String address;
    private final Thread atExit;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private ScratchPicup(Process server, int port) {
        this.server = server;
        this.address = "http://127.0.0.1:" + port;
        this.atExit = new Thread(server::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static ScratchPicup start(Path data, Path log) throws IOException, InterruptedException {
        int port = freePort();
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "picup.PicupApplication",
                "--server.address=127.0.0.1", "--server.port=" + port, "--picup.data=" + data, "--picup.sign-up=closed", "--picup.worker.paused=true"));
        var builder = new ProcessBuilder(command).directory(data.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> OURS.stream().anyMatch(name::startsWith));
        var picup = new ScratchPicup(builder.start(), port);
        try {
            picup.awaitReady(log);
            return picup;
        } catch (IOException | InterruptedException | RuntimeException e) {
            picup.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                var said = Files.readString(log);
                throw new CannotStart("The scratch instance does not start: " + said.substring(Math.max(0, said.length() - 2000)), "See above.");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address + "/health/ready")).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// Signs in and looks at the pictures.
    ///
    /// @param defects what is not as it should be is added
    /// @return how many were looked at
    int look(VerifyBackup.Looker looker, List<String> defects) throws IOException, InterruptedException {
        var session = http.send(HttpRequest.newBuilder(URI.create(address + "/api/auth/sessions")).timeout(ANSWER).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("username", looker.account().username(), "password", looker.account().password()))))
                .build(), BodyHandlers.ofString());
        if (session.statusCode() != 201) {
            defects.add("a member cannot sign in: " + session.statusCode());
            return 0;
        }
        var token = JSON.readTree(session.body()).get("accessToken").asString();
        for (var sample : looker.pictures()) {
            look(sample, token, defects);
        }
        return looker.pictures().size();
    }

    private void look(VerifyBackup.Sample sample, String token, List<String> defects) throws IOException, InterruptedException {
        var path = "/api/pictures/" + sample.picture();
        var shown = http.send(request(path, token), BodyHandlers.ofString());
        if (shown.statusCode() != 200 || !JSON.readTree(shown.body()).path("sha256").asString("").equals(sample.sha256())) {
            defects.add("picture " + sample.picture() + " is not shown: " + shown.statusCode());
            return;
        }
        var original = http.send(request(path + "/original", token), BodyHandlers.ofInputStream());
        try (var bytes = original.body()) {
            if (original.statusCode() != 200 || !hash(bytes).equals(sample.sha256())) {
                defects.add("the original of picture " + sample.picture() + " came out otherwise");
            }
        }
    }

    private HttpRequest request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER).header("Authorization", "Bearer " + token).build();
    }

    private static String hash(java.io.InputStream bytes) throws IOException {
        var hash = HashedFile.sha256();
        var buffer = new byte[64 * 1024];
        for (int read = bytes.read(buffer); read > 0; read = bytes.read(buffer)) {
            hash.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
        server.destroy();
        if (!server.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook has run
        }
    }
}
