package picup.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A real nginx with the configuration that Picup ships, of which only the addresses are changed.
final class TestNginx implements AutoCloseable {
    private static final Path SHIPPED = Path.of("../deploy/nginx/picup.conf");

    private final Process server;
    private final int port = Instance.freePort();
    private final Path folder;

    TestNginx(Path folder, String member, String storage) {
        this.folder = folder;
        try {
            var picup = changed(changed(changed(Files.readString(SHIPPED), "127.0.0.1:8081", hostAndPort(member)),
                    "127.0.0.1:8082", hostAndPort(storage)), "listen 8080;", "listen 127.0.0.1:" + port + ";");
            Files.writeString(folder.resolve("picup.conf"), picup);
            Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    worker_processes 1;
                    pid nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        include picup.conf;
                    }
                    """);
            server = new ProcessBuilder("setpriv", "--pdeathsig", "TERM", program(), "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString())
                    .redirectErrorStream(true).redirectOutput(log().toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("nginx").until(this::answers);
    }

    /// The folders of system tools are not on the search path of every ordinary user.
    private static String program() {
        return Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx";
    }

    private static String changed(String text, String shipped, String ours) {
        if (text.split(shipped, -1).length != 2) {
            throw new AssertionError(SHIPPED + " must have `" + shipped + "` once");
        }
        return text.replace(shipped, ours);
    }

    private static String hostAndPort(String address) {
        return address.substring("http://".length());
    }

    private Path log() {
        return folder.resolve("nginx.log");
    }

    private boolean answers() throws IOException {
        if (!server.isAlive()) {
            throw new AssertionError("nginx ended: " + Files.readString(log()));
        }
        try (var _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
