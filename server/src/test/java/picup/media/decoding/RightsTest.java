package picup.media.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picup.decoder.DecodeRequest;
import picup.decoder.FileKind;

/// A decoder that has been taken over by its file: a script in its place tries what such a one would. As root, where decoders
/// have a user of their own, and as an ordinary user, whose decoders are the same user as the server.
class RightsTest {

    private static final int SOMEBODY = 12_345;
    private static final String SECRET = "the password of the database";

    private Path folder;
    private Path data;
    private Path original;
    private Path elsewhere;

    /// Not below a folder of JUnit's, which nobody else may enter.
    @BeforeEach
    void makeAPicup() throws Exception {
        folder = Files.createTempDirectory("picup-rights-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = Files.createDirectory(folder.resolve("data"));
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/database-password"), SECRET);
        original = Files.writeString(data.resolve("original"), "the file at hand\n");
        Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("rw-r--r--"));
        elsewhere = Files.writeString(data.resolve("another-original"), "of another member");
    }

    @AfterEach
    void removeIt() {
        WorkFolder.deleteAll(folder);
    }

    private enum Who {
        ROOT, ORDINARY_USER;

        List<String> as() {
            String id = Integer.toString(SOMEBODY);
            return this == ROOT ? List.of() : List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROOT", "ORDINARY_USER"})
    void aDecoderThatIsTakenOverFindsNothingToTake(String name) throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root can be somebody else").isEqualTo("root");
        Who who = Who.valueOf(name);
        if (who == Who.ORDINARY_USER) {
            own(data);
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Process server = new ProcessBuilder(Stream.concat(who.as().stream(), Stream.of("sleep", "60")).toList()).start();
        try (ServerSocket database = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String output = run(who, List.of(
                    attempt("reads the file at hand", "cat in/original.jpg"),
                    attempt("writes a result", "echo result > out/preview && cat out/preview"),
                    attempt("reads a secret", "cat " + data + "/secrets/database-password"),
                    attempt("reads another original", "cat " + elsewhere),
                    attempt("lists the data", "ls " + data),
                    attempt("finds its way back", "ls in/../../.. | grep another"),
                    attempt("changes the original", "chmod u+w in/original.jpg; echo changed > in/original.jpg"),
                    attempt("removes the original", "rm in/original.jpg"),
                    attempt("writes beside it", "touch in/new"),
                    attempt("writes to the temporary files of all", "touch /tmp/picup-rights-canary"),
                    attempt("writes to the shared memory of all", "echo > /dev/shm/picup-rights-canary && test -e /proc/1/root/dev/shm/nothing"),
                    attempt("reaches the database", perl("use IO::Socket::INET; IO::Socket::INET->new(PeerAddr=>q(127.0.0.1:%d)) or die".formatted(database.getLocalPort()))),
                    attempt("reaches the internet", perl("use IO::Socket::INET; IO::Socket::INET->new(PeerAddr=>q(1.1.1.1:443),Timeout=>3) or die")),
                    attempt("reads the server's environment", "cat /proc/" + server.pid() + "/environ"),
                    attempt("kills the server", "kill -9 " + server.pid()),
                    // PTRACE_ATTACH; 101 is ptrace on x86-64, 117 on ARM.
                    attempt("traces the server", perl("syscall(%d, 16, %d, 0, 0) == 0 or die".formatted(ptrace(), server.pid()))),
                    attempt("becomes root", "setpriv --reuid 0 id"),
                    attempt("mounts", "mount -t tmpfs tmpfs /work/tmp"),
                    attempt("makes a large file", "head -c 20M /dev/zero > tmp/large")));
            System.out.println(who + ":\n" + output);
            assertThat(output.lines().filter(line -> line.startsWith("yes: ")))
                    .containsExactly("yes: reads the file at hand", "yes: writes a result");
            assertThat(output).doesNotContain(SECRET).doesNotContain("of another member");
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly();
        }
        assertThat(original).hasContent("the file at hand\n");
        assertThat(Files.getPosixFilePermissions(original)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Path.of("/tmp/picup-rights-canary")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROOT", "ORDINARY_USER"})
    void aForkBombEndsWithItsDecoder(String name) throws Exception {
        assumeThat(System.getProperty("user.name")).as("only root can be somebody else").isEqualTo("root");
        Process bomb = start(Who.valueOf(name), "while :; do sleep 300 & done 2>/dev/null");
        ProcessTree tree = new ProcessTree(bomb.toHandle());
        await().atMost(60, TimeUnit.SECONDS).until(() -> bomb.descendants().count() > 50 || !bomb.isAlive());
        assertThat(bomb.descendants().count()).isLessThan(2100);
        List<ProcessHandle> all = bomb.descendants().toList();
        tree.kill();
        for (ProcessHandle each : all) {
            each.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(all).hasSizeGreaterThan(50).noneMatch(ProcessHandle::isAlive);
    }

    private String run(Who who, List<String> attempts) throws Exception {
        Process process = start(who, String.join("\n", attempts));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private Process start(Who who, String script) throws Exception {
        DecoderSettings d = DecoderSettings.defaults(Files.createDirectories(folder.resolve("work")));
        DecoderSettings settings = new DecoderSettings(1, 1, d.memoryBytes(), d.deadline(), 0, d.idle(), d.startWithin(), 8 << 20, d.workFolder(), d.unprivilegedId());
        if (who == Who.ORDINARY_USER) {
            own(settings.workFolder());
        }
        Sandbox sandbox = Sandbox.detect(settings, who == Who.ROOT, who.as());
        assertThat(sandbox.ownView()).as("bubblewrap and namespaces are needed here").isTrue();
        WorkFolder work = WorkFolder.create(settings.workFolder(), sandbox);
        work.stage(DecodeRequest.render(original, folder, FileKind.JPEG));
        if (who == Who.ORDINARY_USER) {
            own(work.path());
        }
        Path program = Files.createDirectories(folder.resolve("program"));
        List<String> command = new ArrayList<>(sandbox.prefix(work.path(), program));
        command.addAll(List.of("bash", "-c", script));
        return new ProcessBuilder(command).redirectErrorStream(true).directory(work.path().toFile()).start();
    }

    private static String attempt(String what, String command) {
        return "if ( " + command + " ) 2>&1; then echo 'yes: " + what + "'; else echo 'no: " + what + "'; fi";
    }

    private static String perl(String program) {
        return "perl -e '" + program + "'";
    }

    private static int ptrace() {
        return System.getProperty("os.arch").equals("amd64") ? 101 : 117;
    }

    private static void own(Path root) throws Exception {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
