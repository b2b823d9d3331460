package picup.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// One file on its way, until it has an outcome.
///
/// **What is tried again.** A connection that broke, 429, and every 5xx: the upload is idempotent, so a file whose receipt
/// was lost comes back as already there. After a broken connection the server may be restarting, so it is waited for;
/// only tries that met a running server count, or a restart of some minutes would use them up, and a file that the server
/// cannot digest would be sent for ever.
final class Upload {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final int TRIES = 5;

    /// How long, and what to do while waiting.
    ///
    /// @param server how long an absent server is waited for; an upgrade with a large migration takes minutes
    /// @param first  pause after the first failure; doubled after each further one
    /// @param most   pause
    record Patience(Duration server, Duration first, Duration most) {
        static final Patience USUAL = new Patience(Duration.ofMinutes(10), Duration.ofMillis(500), Duration.ofSeconds(15));

        Duration pause(int failures) {
            long millis = Math.min(most.toMillis(), first.toMillis() << Math.min(failures - 1, 16));
            return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        }
    }

    /// The server stayed away; the whole import ends.
    static final class ServerGone extends RuntimeException {
        ServerGone() {
            super("the server stayed away", null, false, false);
        }
    }

    /// As the server takes it.
    private static final int LONGEST_FOLDER_BYTES = 1024;

    private final Server server;
    private final Begun begun;
    private final Path root;
    private final String source;
    private final Patience patience;
    private final boolean again;
    private final Watching watching;
    /// What fits is not known before the server has refused something once.
    private final AtomicLong roomBytes = new AtomicLong(Long.MAX_VALUE);

    /// Who wants to know how it goes.
    interface Watching {
        /// The server does not answer.
        void waiting();

        /// So many bytes of a large file have arrived; negative when they are told again with the file as a whole.
        void moved(long bytes);
    }

    /// @param root   the folder that is imported
    /// @param source what its pictures are said to come from
    Upload(Server server, Begun begun, Path root, String source, Patience patience, boolean again, Watching watching) {
        this.server = server;
        this.begun = begun;
        this.root = root;
        this.source = source;
        this.patience = patience;
        this.again = again;
        this.watching = watching;
    }

    /// A way to the server; asked again after what may pass.
    private interface Way {
        /// What the server says of the file without having seen it.
        default Optional<Outcome> known() throws IOException, InterruptedException {
            return Optional.empty();
        }

        Server.Reply send() throws IOException, InterruptedException;

        /// How far it has got; a try that got farther is no failure.
        default long reachedBytes() {
            return 0;
        }
    }

    /// @throws ServerGone when the server does not come back in time
    Outcome run(FolderWalk.Found file, String sha256) throws InterruptedException {
        if (file.sizeBytes() > roomBytes.get()) {
            return new Outcome.Refused(Text.NO_ROOM.with());
        }
        if (file.sizeBytes() <= Pieces.FROM_BYTES) {
            return run(file, () -> server.upload("/api/pictures?bulk=true" + (again ? "&force=true" : ""), fields(file, sha256), file.path()));
        }
        var moved = new AtomicLong();
        try {
            return run(file, inPieces(file, sha256, moved));
        } finally {
            watching.moved(-moved.get());
        }
    }

    private Way inPieces(FolderWalk.Found file, String sha256, AtomicLong moved) {
        var pieces = new Pieces(server, begun, file, metadata(file, sha256), bytes -> {
            moved.addAndGet(bytes);
            watching.moved(bytes);
        });
        return new Way() {
            @Override
            public Optional<Outcome> known() throws IOException, InterruptedException {
                return begun.of(file).isPresent() ? Optional.empty() : Holdings.of(server, Set.of(sha256), Set.of()).of(sha256);
            }

            @Override
            public Server.Reply send() throws IOException, InterruptedException {
                return pieces.send();
            }

            @Override
            public long reachedBytes() {
                return pieces.reachedBytes();
            }
        };
    }

    private Outcome run(FolderWalk.Found file, Way way) throws InterruptedException {
        var reason = "";
        long reachedBytes = 0;
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                if (changed(file)) {
                    return new Outcome.Failed(Text.CHANGED.with());
                }
                var known = way.known();
                if (known.isPresent()) {
                    return known.get();
                }
                var reply = way.send();
                if (!passing(reply.status())) {
                    return outcome(reply, file);
                }
                reason = reply.reason();
                tries = way.reachedBytes() > reachedBytes ? 1 : tries;
                pause(reply, tries);
            } catch (FileNotFoundException | NoSuchFileException | AccessDeniedException e) {
                return new Outcome.Failed(Text.UNREADABLE.with(e.getClass().getSimpleName()));
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
                tries = way.reachedBytes() > reachedBytes ? 1 : tries;
                Thread.sleep(patience.pause(tries));
            }
            reachedBytes = way.reachedBytes();
            awaitServer();
        }
        return new Outcome.Failed(Text.GAVE_UP.with(TRIES, reason));
    }

    private static boolean changed(FolderWalk.Found file) throws IOException {
        return Files.size(file.path()) != file.sizeBytes() || Files.getLastModifiedTime(file.path()).toMillis() != file.modifiedMillis();
    }

    private Map<String, String> fields(FolderWalk.Found file, String sha256) {
        var fields = new LinkedHashMap<String, String>();
        // Counts only where the file itself does not say when it was taken.
        fields.put("takenAt", SECONDS.format(Instant.ofEpochMilli(file.modifiedMillis()).atZone(ZoneId.systemDefault())));
        fields.put("sha256", sha256);
        fields.put("folder", folder(root, file.path()));
        fields.put("source", source);
        return fields;
    }

    /// As [#fields], with what a form says elsewhere.
    private Map<String, String> metadata(FolderWalk.Found file, String sha256) {
        var metadata = fields(file, sha256);
        metadata.put("filename", file.path().getFileName().toString());
        metadata.put("bulk", "true");
        metadata.put("force", "" + again);
        return metadata;
    }

    /// In which it lies, by which the server tells the IMG_0001 of one summer from that of another and finds what lies beside
    /// a picture. Begins with the name of the folder that is imported, as browsers have it. Of one that is too long the end, which
    /// differs.
    static String folder(Path root, Path file) {
        var levels = new ArrayList<String>();
        var name = root.toAbsolutePath().normalize().getFileName();
        if (name != null) {
            levels.add(name.toString().replaceAll("\\p{Cntrl}", "_"));
        }
        root.relativize(file.resolveSibling("")).forEach(level -> levels.add(level.toString().replaceAll("\\p{Cntrl}", "_")));
        levels.removeIf(String::isEmpty);
        while (levels.size() > 1 && String.join("/", levels).getBytes(StandardCharsets.UTF_8).length > LONGEST_FOLDER_BYTES) {
            levels.removeFirst();
        }
        return String.join("/", levels);
    }

    private static boolean passing(int status) {
        return status == 429 || status == 408 || status >= 500 && status != 507;
    }

    private Outcome outcome(Server.Reply reply, FolderWalk.Found file) {
        return switch (reply.outcome()) {
            case "added" -> new Outcome.Added();
            case "already-there" -> reply.trashed() ? new Outcome.InTrash() : new Outcome.AlreadyThere();
            case "sidecar" -> new Outcome.Sidecar();
            default -> refused(reply, file);
        };
    }

    private Outcome refused(Server.Reply reply, FolderWalk.Found file) {
        return switch (reply.status()) {
            // The session cannot be renewed, the bytes changed on the way, the server's disk is full: another run may do.
            case 401, 422, 507 -> new Outcome.Failed(reply.reason());
            default -> switch (reply.code()) {
                case "deleted-before" -> new Outcome.DeletedBefore();
                case "over-quota" -> {
                    roomBytes.accumulateAndGet(file.sizeBytes() - 1, Math::min);
                    yield new Outcome.Refused(reply.reason());
                }
                default -> new Outcome.Refused(reply.reason());
            };
        };
    }

    private void pause(Server.Reply reply, int tries) throws InterruptedException {
        var said = Duration.ofSeconds(Math.max(0, reply.retryAfterSeconds()));
        var ours = patience.pause(tries);
        Thread.sleep(said.compareTo(ours) > 0 && said.compareTo(patience.server()) < 0 ? said : ours);
    }

    private void awaitServer() throws InterruptedException {
        long deadline = System.nanoTime() + patience.server().toNanos();
        for (int failures = 1; !server.ready(); failures++) {
            if (System.nanoTime() > deadline) {
                throw new ServerGone();
            }
            watching.waiting();
            Thread.sleep(patience.pause(failures));
        }
    }
}
