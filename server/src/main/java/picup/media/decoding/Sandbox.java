package picup.media.decoding;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// What this system lets us take away from a decoder. Asked once, by trying: containers and kernels differ too much for
/// rules.
///
/// | taken away              | by                    | needs                          |
/// |-------------------------|-----------------------|--------------------------------|
/// | the network             | `unshare --net`       | root, or user namespaces       |
/// | the user's files        | `setpriv --reuid`     | root                           |
/// | gaining rights          | `setpriv`             | nothing                        |
/// | outliving the parent    | `setpriv --pdeathsig` | nothing                        |
/// | endless memory, cores   | `prlimit`             | nothing                        |
/// | hiding a grandchild     | `setsid`              | nothing                        |
/// | getting in people's way | `nice`, `autogroup`   | nothing                        |
///
/// Each of them replaces itself by the next (`exec`), so the process that is started is the decoder in the end.
///
/// @param prefix      the command before the decoder's own
/// @param droppedToId the user that decoders run under, when it isn't ours
record Sandbox(List<String> prefix, OptionalInt droppedToId) {

    private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());

    /// Over the limit of resident memory, which is measured: this one only stops an allocation that comes between two
    /// looks. Java's heap and code, thread stacks and reserved arenas count here without ever being used.
    private static final long DATA_SLACK_BYTES = 2L << 30;

    /// Where Linux schedules by session (`sched_autogroup_enabled`, the default of most), a session of its own gets as much
    /// of the processor as the server whatever its processes' niceness, unless the session as a whole is told to be nice.
    /// Ordinary users may tell only one session in a tenth of a second, so several tries are made.
    private static final String LOWER_SESSION = """
            if [ -w /proc/self/autogroup ]; then
              for try in 1 2 3 4 5 6 7 8; do
                { echo 10 >/proc/self/autogroup; } 2>/dev/null && break
                sleep 0.1
              done
            fi
            unset PWD OLDPWD
            exec "$@"
            """;

    static Sandbox detect(DecoderSettings settings) {
        boolean root = "root".equals(System.getProperty("user.name")) && works(List.of("setpriv", "--reuid", Integer.toString(settings.unprivilegedId()), "--clear-groups"));
        List<String> prefix = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        addIfItWorks(prefix, missing, "a session of its own", List.of("setsid"));
        addIfItWorks(prefix, missing, "a lower priority", List.of("nice", "-n", "10"));
        addIfItWorks(prefix, missing, "a lower priority of the session", List.of("sh", "-c", LOWER_SESSION, "sh"));
        if (!addIfItWorks(prefix, List.of("unshare", "--net"))
                && !addIfItWorks(prefix, List.of("unshare", "--user", "--map-current-user", "--net"))) {
            missing.add("no network");
        }
        addIfItWorks(prefix, missing, "limits of the kernel", List.of("prlimit",
                "--data=" + (settings.memoryBytes() + DATA_SLACK_BYTES),
                "--fsize=" + settings.maxOutputBytes(),
                "--nofile=256",
                "--core=0",
                "--"));
        List<String> rights = new ArrayList<>(List.of("setpriv", "--no-new-privs", "--pdeathsig", "KILL"));
        if (root) {
            String id = Integer.toString(settings.unprivilegedId());
            rights.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"));
        } else {
            missing.add("a user of its own");
        }
        rights.add("--");
        boolean dropped = addIfItWorks(prefix, missing, "no new rights", rights) && root;
        LOG.log(missing.isEmpty() ? Level.INFO : Level.WARNING,
                "decoders run as: {0}{1}", String.join(" ", prefix).replace(LOWER_SESSION, "(lower session)"), missing.isEmpty() ? "" : "; this system doesn't allow: " + missing);
        return new Sandbox(List.copyOf(prefix), dropped ? OptionalInt.of(settings.unprivilegedId()) : OptionalInt.empty());
    }

    private static boolean addIfItWorks(List<String> prefix, List<String> missing, String what, List<String> more) {
        boolean works = addIfItWorks(prefix, more);
        if (!works) {
            missing.add(what);
        }
        return works;
    }

    private static boolean addIfItWorks(List<String> prefix, List<String> more) {
        List<String> longer = new ArrayList<>(prefix);
        longer.addAll(more);
        if (!works(longer)) {
            return false;
        }
        prefix.addAll(more);
        return true;
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .directory(Path.of("/").toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Gives a folder or file to the user that decoders run under.
    void giveTo(Path path) throws IOException {
        if (droppedToId.isPresent()) {
            Files.setAttribute(path, "unix:uid", droppedToId.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", droppedToId.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
