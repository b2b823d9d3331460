package picup.media.decoding;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// What this system lets us take away from a decoder. Asked once, by trying: containers and kernels differ too much for
/// rules.
///
/// | taken away              | by                    | needs                          |
/// |-------------------------|-----------------------|--------------------------------|
/// | all files but its own, other processes, the network | [OwnView] | bubblewrap, and root or user namespaces |
/// | the network             | `unshare --net`       | root, or user namespaces       |
/// | the user's files        | `setpriv --reuid`     | root                           |
/// | gaining rights          | `setpriv`             | nothing                        |
/// | outliving the parent    | `setpriv --pdeathsig` | nothing                        |
/// | endless memory, cores, files, processes, time | `prlimit` | nothing              |
/// | hiding a grandchild     | `setsid`              | nothing                        |
/// | getting in people's way | `nice`, `autogroup`   | nothing                        |
///
/// Each of them replaces itself by the next (`exec`), but for bubblewrap, which stays above the decoder and dies with it.
///
/// @param before      the command before [OwnView]
/// @param ownView     whether there is one
/// @param ordinary    whether we are somebody else than root
/// @param after       the command between [OwnView] and the decoder's own
/// @param droppedToId the user that decoders run under, when it isn't ours
record Sandbox(List<String> before, boolean ownView, boolean ordinary, List<String> after, OptionalInt droppedToId) {

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

    /// Threads count as processes, and so do those of every decoder of every Picup here that runs under the same user: 25 for
    /// Java, one for each core of ffmpeg. Without a user of their own, all that its owner runs would count: then there is no limit.
    private static final int MOST_PROCESSES = 2048;

    /// Of one process: four times what the longest request may take. The parent looks at the clock, this is for when it can't.
    private static final int MOST_CPU_SECONDS = 8 * 3600;

    static Sandbox detect(DecoderSettings settings) {
        return detect(settings, "root".equals(System.getProperty("user.name")), List.of());
    }

    /// @param as the command that makes us who we are: nothing, but for tests
    static Sandbox detect(DecoderSettings settings, boolean root, List<String> as) {
        String id = Integer.toString(settings.unprivilegedId());
        boolean dropping = root && works(List.of("setpriv", "--reuid", id, "--clear-groups"));
        List<String> before = new ArrayList<>(as);
        List<String> missing = new ArrayList<>();
        addIfItWorks(before, missing, "a session of its own", List.of("setsid"));
        addIfItWorks(before, missing, "a lower priority", List.of("nice", "-n", "10"));
        addIfItWorks(before, missing, "a lower priority of the session", List.of("sh", "-c", LOWER_SESSION, "sh"));
        boolean ownView = viewWorks(before, settings, !root);
        if (!ownView) {
            missing.add("a view of its own, for which bubblewrap and namespaces are needed");
            if (!addIfItWorks(before, List.of("unshare", "--net")) && !addIfItWorks(before, List.of("unshare", "--user", "--map-current-user", "--net"))) {
                missing.add("no network");
            }
        }
        List<String> after = new ArrayList<>();
        List<String> limits = new ArrayList<>(List.of("prlimit",
                "--data=" + (settings.memoryBytes() + DATA_SLACK_BYTES),
                "--fsize=" + settings.maxOutputBytes(),
                "--cpu=" + MOST_CPU_SECONDS,
                "--nofile=256",
                "--core=0"));
        if (dropping || ownView) {
            limits.add("--nproc=" + MOST_PROCESSES);
        }
        limits.add("--");
        addIfItWorks(after, missing, "limits of the kernel", limits);
        List<String> rights = new ArrayList<>(List.of("setpriv", "--no-new-privs", "--pdeathsig", "KILL"));
        if (dropping) {
            rights.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"));
        } else {
            missing.add("a user of its own");
        }
        rights.add("--");
        boolean dropped = addIfItWorks(after, missing, "no new rights", rights) && dropping;
        LOG.log(missing.isEmpty() ? Level.INFO : Level.WARNING, "decoders run as: {0}{1} {2}{3}",
                String.join(" ", before).replace(LOWER_SESSION, "(lower session)"), ownView ? " (own view)" : "", String.join(" ", after),
                missing.isEmpty() ? "" : "; this system doesn't allow: " + missing);
        return new Sandbox(List.copyOf(before), ownView, !root, List.copyOf(after), dropped ? OptionalInt.of(settings.unprivilegedId()) : OptionalInt.empty());
    }

    /// The command before the decoder's own.
    ///
    /// @param work    the folder of this decoder
    /// @param program the folder of [DecoderProgram]
    List<String> prefix(Path work, Path program) {
        List<String> prefix = new ArrayList<>(before);
        if (ownView) {
            prefix.addAll(OwnView.command(work.toAbsolutePath(), program, ordinary));
        }
        prefix.addAll(after);
        return prefix;
    }

    /// Where the decoder finds its program.
    Path seen(Path program) {
        return ownView ? OwnView.PROGRAM : program;
    }

    private static boolean viewWorks(List<String> before, DecoderSettings settings, boolean ordinary) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(settings.workFolder()), "trying-");
            try {
                Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
                Files.createDirectory(work.resolve("out"));
                Files.createDirectory(work.resolve("tmp"));
                List<String> command = new ArrayList<>(before);
                command.addAll(OwnView.command(work.toAbsolutePath(), Path.of("/usr"), ordinary));
                return works(command);
            } finally {
                WorkFolder.deleteAll(work);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a view of their own can't be tried for decoders: {0}", e.toString());
            return false;
        }
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
