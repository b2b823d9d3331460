package picup.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// `./picup import DIR`: uploads a tree of folders into one's account.
///
/// Ends with 0 when no file failed (refused ones have their reason and would be refused again), 1 when some did or the
/// server is away, 2 when the command cannot be understood or the server does not let one in.
public final class ImportFolder {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUNDERSTOOD = 2;

    private final PrintStream out;
    private final Upload.Patience patience;
    private final Map<String, String> environment;
    private final boolean terminal;

    ImportFolder(PrintStream out, Upload.Patience patience, Map<String, String> environment, boolean terminal) {
        this.out = out;
        this.patience = patience;
        this.environment = environment;
        this.terminal = terminal;
    }

    public static void main(String[] words) throws InterruptedException {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal();
        var importing = new ImportFolder(System.out, Upload.Patience.USUAL, System.getenv(), terminal);
        System.exit(importing.run(List.of(words)));
    }

    int run(List<String> words) throws InterruptedException {
        try {
            var options = Options.parse(words, environment);
            var who = options.apiKey() != null ? byKey(options.apiKey()) : byPassword(options);
            try (var server = new Server(options.server(), who.credentials())) {
                var reply = signIn(server);
                if (reply.status() != 201) {
                    out.println(options.apiKey() != null ? Text.KEY_REFUSED.with(reply.reason()) : Text.SIGN_IN_REFUSED.with(who.name(), reply.reason()));
                    return MISUNDERSTOOD;
                }
                try (var before = DoneBefore.of(options.server(), who.name(), environment);
                     var begun = Begun.of(options.server(), who.name(), environment)) {
                    return transfer(options, server, before, begun);
                }
            }
        } catch (Options.Misunderstood e) {
            out.println(e.getMessage());
            return MISUNDERSTOOD;
        } catch (Upload.ServerGone e) {
            out.println(Text.SERVER_STAYED_AWAY.with());
            return FAILED;
        } catch (IOException e) {
            out.println(Text.SERVER_AWAY.with(e.getMessage()));
            return FAILED;
        }
    }

    /// @param name by which what was done before is found again; only its digest is kept
    private record Who(String name, Server.Credentials credentials) {}

    private static Who byKey(String key) {
        return new Who(key, Server.Credentials.apiKey(key));
    }

    private static Who byPassword(Options options) {
        var user = options.user() != null ? options.user() : ask(Text.ASK_USER.with());
        var password = options.password() != null ? options.password() : askSecretly(Text.ASK_PASSWORD.with(user));
        return new Who(user, Server.Credentials.password(user, password));
    }

    /// The sign-in is limited in its rate; what else signs in with this name may have used it up.
    private Server.Reply signIn(Server server) throws IOException, InterruptedException {
        var reply = server.signIn();
        for (int tries = 1; tries < 5 && (reply.status() == 429 || reply.status() >= 500); tries++) {
            Thread.sleep(Math.max(patience.pause(tries).toMillis(), Math.clamp(reply.retryAfterSeconds(), 0, 60) * 1000));
            reply = server.signIn();
        }
        return reply;
    }

    private int transfer(Options options, Server server, DoneBefore before, Begun begun) throws IOException, InterruptedException {
        var walk = FolderWalk.of(options.folder());
        out.println(Text.FOUND.with(walk.files().size(), Text.bytes(walk.sizeBytes()), options.folder()));
        var report = new Report();
        walk.closed().forEach(each -> report.count(each.path(), new Outcome.Failed(Text.UNREADABLE.with(each.reason()))));
        var holdings = holdings(server, before, walk.files());
        boolean gone;
        try (var progress = new Progress(out, terminal, walk.files().size(), walk.sizeBytes())) {
            var upload = new Upload(server, begun, options.folder(), source(options.folder()), patience, options.again(), progress);
            gone = !uploadAll(walk.files(), options.parallel(), file -> {
                boolean sent = send(file, upload, before, holdings, report);
                progress.done(file.sizeBytes(), sent);
            });
        }
        report.print(out, options.folder(), walk.skipped().size());
        if (gone) {
            throw new Upload.ServerGone();
        }
        return report.allWell() ? DONE : FAILED;
    }

    private Holdings holdings(Server server, DoneBefore before, Collection<FolderWalk.Found> files) throws IOException, InterruptedException {
        if (!before.isEmpty()) {
            out.println(Text.LOOKING.with());
        }
        return Holdings.of(server, known(files, before, false), known(files, before, true));
    }

    private static Set<String> known(Collection<FolderWalk.Found> files, DoneBefore before, boolean sidecars) {
        return files.stream().filter(file -> Holdings.maybeSidecar(file) == sidecars).map(before::sha256).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    /// What receipts call this import, so that a person knows which folder on which machine may be deleted.
    private static String source(Path folder) {
        return "import from " + hostName() + ":" + folder;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }

    /// @return whether it was sent
    private static boolean send(FolderWalk.Found file, Upload upload, DoneBefore before, Holdings holdings, Report report) throws InterruptedException {
        var known = before.sha256(file);
        var held = known.flatMap(holdings::of);
        if (held.isPresent()) {
            report.count(file.path(), held.get());
            return false;
        }
        Outcome outcome;
        try {
            var sha256 = known.isPresent() ? known.get() : FileDigest.of(file.path());
            outcome = upload.run(file, sha256);
            if (!(outcome instanceof Outcome.Failed || outcome instanceof Outcome.Refused)) {
                before.add(file, sha256);
            }
        } catch (IOException e) {
            outcome = new Outcome.Failed(Text.UNREADABLE.with(e.getClass().getSimpleName()));
        }
        report.count(file.path(), outcome);
        return true;
    }

    private interface Each {
        void run(FolderWalk.Found file) throws InterruptedException;
    }

    /// @return false when the server went away for good; files that were not begun by then are not tried
    private static boolean uploadAll(List<FolderWalk.Found> files, int parallel, Each each) throws InterruptedException {
        var permits = new Semaphore(parallel);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var gone = new java.util.concurrent.CompletableFuture<Boolean>();
            for (var file : files) {
                permits.acquire(); // so that at most a few wait, however many files there are
                if (gone.isDone()) {
                    break;
                }
                threads.submit(() -> {
                    try {
                        each.run(file);
                    } catch (Upload.ServerGone e) {
                        gone.complete(true);
                    } catch (RuntimeException | Error e) {
                        gone.completeExceptionally(e);
                    } finally {
                        permits.release();
                    }
                    return null;
                });
            }
            threads.shutdown();
            threads.awaitTermination(1, java.util.concurrent.TimeUnit.DAYS);
            return !gone.isDone() || !gone.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The import cannot go on", e.getCause());
        }
    }

    private static String ask(String question) {
        var answer = console().readLine("%s", question);
        return answer == null ? "" : answer.strip();
    }

    private static String askSecretly(String question) {
        var answer = console().readPassword("%s", question);
        return answer == null ? "" : new String(answer);
    }

    private static Console console() {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Options.Misunderstood(Text.NO_TERMINAL.with());
        }
        return console;
    }
}
