package picup.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picup.platform.CannotStart;
import picup.platform.DurableFiles;
import picup.platform.FileTree;

/// A real PostgreSQL server that belongs to this process: its binaries come from a Maven artifact, its data lies under
/// the data folder, it listens on a free loopback port with a password, and it ends with us.
///
/// **One at a time.** A lock on a file in the folder keeps a second Picup out. When the previous one was killed, its
/// PostgreSQL may still run: it is recognised by the folder in its command line (a pid alone may by now be anybody's), and is asked to stop before a new one starts. PostgreSQL then recovers from
/// its log, which is what makes `kill -9` harmless.
///
/// **Whom we talk to.** The port is free when we pick it and could be taken by another when PostgreSQL binds it, so the
/// first connection asks the server for its data folder before anything else is said.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "picup";
    private static final String DATABASE = "picup";

    /// Of the programs in this build. Data of an older one is moved by a dump ([OlderPostgres]).
    static final int MAJOR = 18;
    private static final int HAS_IO_METHOD = 18;
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(250);
    private static final Duration LONGEST_BETWEEN_STARTS = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS_AT_THE_LOG = Duration.ofMinutes(10);

    /// What PostgreSQL says while it starts, recovers or stops (`cannot_connect_now`).
    private static final String NOT_NOW = "57P03";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /// Sized for a small machine: 40 MB idle. `io_method=sync` saves three worker processes whose gain needs more
    /// disks than such a machine has; JIT costs more than it saves on queries of a few milliseconds.
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "shared_buffers=64MB",
            "effective_cache_size=1GB", "work_mem=8MB", "maintenance_work_mem=64MB", "jit=off",
            "wal_compression=on", "max_wal_size=512MB", "checkpoint_timeout=15min", "random_page_cost=1.1",
            "logging_collector=off", "log_min_messages=warning", "timezone=UTC", "password_encryption=scram-sha-256");

    private final Path folder;
    private final Path dataFolder;
    private final @Nullable PostgresBinaries older;
    private final ServerLog log;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final String password;
    private volatile @Nullable Process server;
    private volatile int port;
    private volatile boolean closing;
    private volatile @Nullable Thread supervisor;

    /// Starts PostgreSQL over `folder` and returns when it answers.
    ///
    /// @param folder   holds `binaries-*`, `data-18` and the lock; made if absent
    /// @param secrets  where the generated password is kept
    /// @throws CannotStart           when another Picup uses the folder
    /// @throws IllegalStateException when PostgreSQL does not start
    public static EmbeddedPostgres start(Path folder, Path secrets) {
        return over(folder, secrets).started();
    }

    /// Takes the folder, which is quick, and starts nothing yet.
    ///
    /// @throws CannotStart when another Picup uses the folder
    static EmbeddedPostgres over(Path folder, Path secrets) {
        return over(folder, secrets, dataOf(MAJOR), null);
    }

    /// @param data  name of the folder of the data
    /// @param older programs of another version than those of this build
    static EmbeddedPostgres over(Path folder, Path secrets, String data, @Nullable PostgresBinaries older) {
        try {
            return new EmbeddedPostgres(folder, secrets, data, older);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started in " + folder, e);
        }
    }

    static String dataOf(int major) {
        return "data-" + major;
    }

    EmbeddedPostgres started() {
        try {
            start();
            return this;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("PostgreSQL cannot be started in " + folder, e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private EmbeddedPostgres(Path folder, Path secrets, String data, @Nullable PostgresBinaries older) throws IOException {
        this.folder = DurableFiles.createDirectories(folder);
        this.dataFolder = folder.resolve(data);
        this.older = older;
        this.log = new ServerLog(folder.resolve("postgres.log"));
        this.lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var held = lockOrNull(lockFile);
        if (held == null) {
            lockFile.close();
            throw new CannotStart("Another Picup is using " + folder + ".",
                    "Stop it first, or choose another data folder with --data or PICUP_DATA.");
        }
        this.lock = held;
        this.password = Secret.keptIn(secrets.resolve("postgres-password"));
    }

    private static @Nullable FileLock lockOrNull(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private void start() throws IOException {
        var binaries = older == null ? PostgresBinaries.unpackedIn(folder) : older;
        var account = ServerAccount.forFolder(folder);
        stopOrphan();
        if (!Files.exists(dataFolder.resolve("PG_VERSION"))) {
            initialise(binaries, account);
        }
        account.own(dataFolder); // whoever ran it before
        // A port may be taken between its choice and its use, and the backends of a killed server may still be on their
        // way out, for whom PostgreSQL refuses to start: both pass.
        long deadline = System.nanoTime() + START.toNanos();
        while (!launched(binaries, account, FreePort.pick())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not start; see " + log);
            }
            pause(BETWEEN_STARTS);
        }
        createDatabase();
        supervisor = Thread.ofPlatform().name("postgres-supervisor").daemon().start(() -> supervise(binaries, account));
    }

    /// A server that dies (killed, out of memory) comes back on the same port, where the pool of connections looks for
    /// it. Until then requests are refused as overloaded and jobs wait.
    private void supervise(PostgresBinaries binaries, ServerAccount account) {
        while (!closing) {
            try {
                if (!Objects.requireNonNull(server).waitFor(BETWEEN_LOOKS_AT_THE_LOG.toSeconds(), TimeUnit.SECONDS)) {
                    log.keepShort();
                } else if (!closing) {
                    LOG.error("PostgreSQL ended by itself with code {}; starting it again. See {}", Objects.requireNonNull(server).exitValue(), log);
                    restart(binaries, account);
                }
            } catch (IOException e) {
                LOG.error("PostgreSQL cannot be looked after", e);
                pause(LONGEST_BETWEEN_STARTS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Its old backends may still be on their way out, and PostgreSQL waits for the last of them; so several tries. A disk
    /// that is full stays full for longer, so they become fewer.
    private void restart(PostgresBinaries binaries, ServerAccount account) throws IOException {
        var wait = BETWEEN_STARTS;
        while (!closing && !launched(binaries, account, port)) {
            LOG.warn("PostgreSQL did not start; trying again in {} ms. See {}", wait.toMillis(), log);
            for (long end = System.nanoTime() + wait.toNanos(); !closing && System.nanoTime() < end;) {
                pause(BETWEEN_STARTS);
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_BETWEEN_STARTS) < 0 ? wait.multipliedBy(2) : LONGEST_BETWEEN_STARTS;
        }
    }

    private void initialise(PostgresBinaries binaries, ServerAccount account) throws IOException {
        // Built beside and renamed, so that a crash in the middle is not taken for a database.
        var beside = folder.resolve(dataFolder.getFileName() + ".new");
        FileTree.delete(beside);
        Files.createDirectory(beside);
        var passwordFile = folder.resolve("initial-password");
        Files.writeString(passwordFile, password);
        account.own(beside);
        account.own(passwordFile);
        try {
            run(account.command(List.of(binaries.program("initdb"), "-D", beside.toString(), "-U", USER, "--pwfile=" + passwordFile,
                    "-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale",
                    "--no-instructions", "--data-checksums")));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(beside, dataFolder); // what is in it initdb has flushed
        DurableFiles.sync(folder);
    }

    /// False when it ended, or said nothing for a minute. One that says that it is recovering gets all the time it needs:
    /// killing it would only make it begin anew.
    private boolean launched(PostgresBinaries binaries, ServerAccount account, int freePort) throws IOException {
        port = freePort;
        log.keepShort();
        var command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", dataFolder.toString(), "-p", "" + port));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        if (binaries.major() >= HAS_IO_METHOD) {
            command.addAll(List.of("-c", "io_method=sync"));
        }
        var builder = new ProcessBuilder(account.command(command)).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C");
        var started = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        long deadline = System.nanoTime() + START.toNanos();
        server = started;
        while (System.nanoTime() < deadline && started.isAlive() && !closing) {
            try (var connection = connect("postgres")) {
                requireOurs(connection);
                return true;
            } catch (SQLException e) {
                if (NOT_NOW.equals(e.getSQLState())) {
                    deadline = System.nanoTime() + START.toNanos();
                }
                pause(BETWEEN_LOOKS);
            }
        }
        started.destroyForcibly();
        ended(started.toHandle(), STOP);
        return false;
    }

    private void requireOurs(Connection connection) throws SQLException {
        try (var answer = connection.createStatement().executeQuery("SHOW data_directory")) {
            answer.next();
            if (!dataFolder.toString().equals(answer.getString(1))) {
                throw new IllegalStateException("Port " + port + " answers for " + answer.getString(1) + ", not for " + dataFolder);
            }
        }
    }

    private void createDatabase() {
        try (var connection = connect("postgres"); var statement = connection.createStatement()) {
            var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'");
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be created; see " + log, e);
        }
    }

    /// A PostgreSQL that outlived a killed Picup still holds the folder. Fast shutdown first; it rolls back what is
    /// open and nobody is left to wait for.
    private void stopOrphan() throws IOException {
        var pidFile = dataFolder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        // Looked for by its folder and not by the pid in the file, which a power cut or a full disk may have left empty.
        var orphan = ProcessHandle.allProcesses().filter(this::servesOurFolder).findFirst();
        if (orphan.isPresent()) {
            long pid = orphan.get().pid();
            LOG.warn("Stopping the PostgreSQL (process {}) that a killed Picup left behind", pid);
            signal(pid, "INT");
            if (!ended(orphan.get(), STOP)) {
                signal(pid, "QUIT");
                ended(orphan.get(), STOP);
            }
        }
        // A zombie or a stranger with the same pid would make PostgreSQL refuse; the lock says that we are alone.
        Files.deleteIfExists(pidFile);
    }

    private boolean servesOurFolder(ProcessHandle process) {
        try {
            var words = List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0"));
            return words.getFirst().endsWith("/bin/postgres") && words.contains(dataFolder.toString());
        } catch (IOException e) {
            return false; // it ended while we looked
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String username() {
        return USER;
    }

    public String password() {
        return password;
    }

    public long pid() {
        var current = server;
        return current == null ? -1 : current.pid();
    }

    /// Fast shutdown: open transactions are rolled back, committed ones are on disk.
    @Override
    public void close() {
        closing = true;
        joinSupervisor(); // it may be starting the server again at this very moment
        var current = server;
        if (current != null && current.isAlive()) {
            signal(current.pid(), "INT");
            if (!ended(current.toHandle(), STOP)) {
                signal(current.pid(), "QUIT");
                ended(current.toHandle(), STOP);
            }
        }
        try {
            if (lock.isValid()) {
                lock.release();
            }
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void joinSupervisor() {
        var thread = supervisor;
        if (thread == null) {
            return;
        }
        var current = server;
        if (current != null && current.isAlive()) {
            signal(current.pid(), "INT");
        }
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2", USER, password);
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command.getFirst(), e);
        }
    }

    /// `kill` rather than [ProcessHandle#destroy()], because PostgreSQL gives each signal a meaning of its own.
    private static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return !process.isAlive();
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
