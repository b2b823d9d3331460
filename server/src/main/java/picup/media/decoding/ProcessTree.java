package picup.media.decoding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A decoder and the programs it started, seen from outside.
final class ProcessTree {

    private final ProcessHandle root;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /// Resident bytes of all of them. What they share is counted twice; that errs on the careful side.
    long residentBytes() {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            return Stream.concat(Stream.of(root), descendants).mapToLong(ProcessTree::residentBytes).sum();
        }
    }

    /// How long the thread that waited longest could have run and had no core. Decoders come after everything else on the
    /// machine, so a slow answer may only mean that others were at work. 0 where the kernel does not say.
    Duration waitedForCores() {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            return Duration.ofNanos(Stream.concat(Stream.of(root), descendants).mapToLong(ProcessTree::waitedNanos).max().orElse(0));
        }
    }

    /// The second field of `/proc/<pid>/task/<tid>/schedstat` (kernel documentation, scheduler/sched-stats).
    private static long waitedNanos(ProcessHandle process) {
        long longest = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads) {
                longest = Math.max(longest, Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[1]));
            }
        } catch (IOException | RuntimeException ended) {
            return longest;
        }
        return longest;
    }

    /// The decoder goes first, so that it can't start another program while the others are ended. Programs that lost their
    /// parent in between are still in the session the decoder was started in.
    void kill() {
        List<ProcessHandle> descendants;
        try (Stream<ProcessHandle> running = root.descendants()) {
            descendants = running.toList();
        }
        root.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        killSession();
    }

    private void killSession() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> process.pid() != root.pid() && session(process.pid()) == root.pid()).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static long residentBytes(ProcessHandle process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            return 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /// The sixth field of `/proc/<pid>/stat`; the second is the name in parentheses and may hold anything (proc(5)).
    private static long session(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[3]);
        } catch (IOException | RuntimeException ended) {
            return -1;
        }
    }
}
