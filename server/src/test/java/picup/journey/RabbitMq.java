package picup.journey;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real RabbitMQ in a folder of its own: own ports, own node name, own port mapper, own cookie. Nothing of the system's is used but the
/// program, and everything ends with the test.
public final class RabbitMq implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final int port = freePort();
    private final int mapperPort = freePort();
    private final int distributionPort = freePort();
    private final Process mapper;
    private @Nullable Process broker;

    public RabbitMq(Path folder) {
        this.folder = folder;
        try {
            Files.writeString(folder.resolve(".erlang.cookie"), "PICUPTEST" + port);
            Files.setPosixFilePermissions(folder.resolve(".erlang.cookie"), PosixFilePermissions.fromString("rw-------"));
            // It may run below its low-water marks of disk and memory: the machine is shared.
            Files.writeString(folder.resolve("rabbitmq.conf"), """
                    listeners.tcp.1 = 127.0.0.1:%d
                    disk_free_limit.absolute = 50MB
                    vm_memory_high_watermark.absolute = 1GB
                    """.formatted(port));
            Files.writeString(folder.resolve("enabled_plugins"), "[].");
            mapper = launch("epmd", List.of("epmd", "-port", String.valueOf(mapperPort), "-address", "127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /// Whether the machine has the program.
    public static boolean isInstalled() {
        return Files.exists(PROGRAM);
    }

    /// For `picup.rabbitmq.addresses`.
    public String address() {
        return "127.0.0.1:" + port;
    }

    /// Over what it kept, if it has run before.
    public void start() {
        broker = launch("rabbitmq", List.of("sh", PROGRAM.toString()));
        Awaitility.await("RabbitMQ, see " + folder).atMost(START).pollInterval(Duration.ofMillis(200)).ignoreExceptions().until(() -> {
            ask(channel -> {});
            return true;
        });
    }

    /// As an operator stops it.
    public void stop() {
        running().destroy();
        await(running());
    }

    /// Takes connections, answers nothing.
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    public void removeBinding(String queue, String exchange, String key) {
        ask(channel -> channel.queueUnbind(queue, exchange, key));
    }

    public void publish(String exchange, String key, byte[] body) {
        ask(channel -> {
            channel.confirmSelect();
            channel.basicPublish(exchange, key, null, body);
            channel.waitForConfirmsOrDie(START.toMillis());
        });
    }

    /// How many consumers take from it.
    public long consumers(String queue) {
        var count = new long[1];
        ask(channel -> count[0] = channel.consumerCount(queue));
        return count[0];
    }

    @FunctionalInterface
    private interface Question {
        void ask(Channel channel) throws IOException, InterruptedException, TimeoutException;
    }

    private void ask(Question question) {
        var client = new ConnectionFactory();
        client.setHost("127.0.0.1");
        client.setPort(port);
        client.setConnectionTimeout(2000);
        client.setHandshakeTimeout(5000);
        try (var connection = client.newConnection("test"); var channel = connection.createChannel()) {
            question.ask(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process running() {
        if (broker == null) {
            throw new IllegalStateException("RabbitMQ was never started");
        }
        return broker;
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(running().pid())).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process launch(String log, List<String> command) {
        var words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL")); // ends with the test, even when that is killed
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log + ".log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RABBITMQ_") || name.startsWith("ERL_"));
        builder.environment().putAll(Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("ERL_EPMD_PORT", String.valueOf(mapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODENAME", "picup-test-" + port + "@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort)),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
                Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("logs").toString()),
                Map.entry("RABBITMQ_LOGS", "-"),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                // Few and idle: on a shared machine, threads that spin for work cost everybody else.
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"),
                Map.entry("RABBITMQ_ALLOW_INPUT", "true"))); // makes the script become the program
        if (!log.equals("epmd")) {
            builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Also when it is frozen.
    @Override
    public void close() {
        running().destroyForcibly();
        await(running());
        mapper.destroyForcibly();
        await(mapper);
    }
}
