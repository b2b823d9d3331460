import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The S3 server of the tests (S3Proxy over files), on this machine and its disk. It flushes nothing.
final class BucketServer implements AutoCloseable {
    private static final String BUCKET = "pictures";
    private static final long PAUSE_NANOS = 50_000_000;

    private final int port;
    private final Process server;

    /// @param folder where its objects lie
    BucketServer(Path root, Path folder) throws IOException {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
        var logging = Files.writeString(folder.resolve("logback.xml"), "<configuration/>");
        var settings = Files.writeString(folder.resolve("s3proxy.conf"), """
                jclouds.provider=filesystem-nio2
                jclouds.identity=unused
                jclouds.credential=unused
                jclouds.filesystem.basedir=%s
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=picup
                s3proxy.credential=a-secret-of-the-bench
                """.formatted(folder.resolve("buckets"), endpoint()));
        server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-Dlogback.configurationFile=" + logging,
                "-cp", Files.readString(classPath(root)), "org.gaul.s3proxy.Main", "--properties", settings.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("s3proxy.log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        while (!answers()) {
            if (!server.isAlive()) {
                throw new IllegalStateException("The S3 server ended; see " + folder.resolve("s3proxy.log"));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Whether the tests have been built here, which fetches it.
    static boolean there(Path root) {
        return Files.exists(classPath(root));
    }

    private static Path classPath(Path root) {
        return root.resolve("server/target/s3proxy.classpath");
    }

    private String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    private boolean answers() {
        try {
            return ((HttpURLConnection) URI.create(endpoint()).toURL().openConnection()).getResponseCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// For the command line of a server that keeps its originals here.
    String[] settings() {
        return new String[] {"--picup.storage.originals=s3", "--picup.storage.s3.endpoint=" + endpoint(), "--picup.storage.s3.public-endpoint=" + endpoint(),
                "--picup.storage.s3.bucket=" + BUCKET, "--picup.storage.s3.access-key=picup", "--picup.storage.s3.secret-key=a-secret-of-the-bench"};
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }
}
