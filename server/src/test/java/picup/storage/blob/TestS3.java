package picup.storage.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import picup.storage.Digest;

/// A real S3 server (S3Proxy over files) on a free port of the loopback, as a process of its own, which can be stopped, started again and frozen.
public final class TestS3 implements AutoCloseable {
    public static final String BUCKET = "pictures";

    /// Written by the build, see pom.xml.
    private static final Path CLASS_PATH = Path.of("target/s3proxy.classpath");

    private final Path folder;
    private final int port = freePort();
    private Process server;

    public TestS3(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
            Files.writeString(folder.resolve("logback.xml"), """
                    <configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%d %level %msg%n</pattern></encoder></appender>
                    <root level="warn"><appender-ref ref="out"/></root></configuration>
                    """);
            Files.writeString(folder.resolve("s3proxy.conf"), """
                    jclouds.provider=filesystem-nio2
                    jclouds.identity=unused
                    jclouds.credential=unused
                    jclouds.filesystem.basedir=%s
                    s3proxy.endpoint=http://127.0.0.1:%d
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=picup
                    s3proxy.credential=a-secret-of-the-tests
                    """.formatted(folder.resolve("buckets"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            server = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                    "-cp", Files.readString(CLASS_PATH), "org.gaul.s3proxy.Main", "--properties", folder.resolve("s3proxy.conf").toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the S3 server, see " + log()).atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    private Path log() {
        return folder.resolve("s3proxy.log");
    }

    private boolean answers() {
        if (!server.isAlive()) {
            throw new AssertionError("the S3 server ended; see " + log());
        }
        try {
            return ((HttpURLConnection) endpoint().toURL().openConnection()).getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /// @param port of a proxy before it, or its own
    public S3Settings settings(int port, @Nullable String prefix, Duration timeout) {
        return new S3Settings(URI.create("http://127.0.0.1:" + port), endpoint(), "us-east-1", BUCKET, prefix, true, "picup", "a-secret-of-the-tests", Duration.ofSeconds(2), timeout);
    }

    /// For a server's command line.
    public List<String> settings(int port) {
        return List.of("picup.storage.originals=s3", "picup.storage.s3.endpoint=http://127.0.0.1:" + port, "picup.storage.s3.bucket=" + BUCKET,
                "picup.storage.s3.public-endpoint=http://127.0.0.1:" + this.port, "picup.storage.s3.access-key=picup", "picup.storage.s3.secret-key=a-secret-of-the-tests");
    }

    /// Where the server keeps an object.
    public Path object(String prefix, Digest digest) {
        return folder.resolve("buckets").resolve(BUCKET).resolve(prefix).resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
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
