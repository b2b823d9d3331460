package picup.backup;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import picup.platform.BadValue;
import picup.platform.CannotStart;
import picup.platform.database.PostgresServer;
import picup.storage.blob.BlobStores;

/// `./picup backup`, `backup verify`, `restore` and `recover`: for who owns the machine. What they did goes to standard output, how far they are
/// to standard error. 0 when all is well, 1 when nothing came of it, 2 for words that are not understood, 3 when it is done and something in it is damaged.
public final class BackupCommand {
    private static final String USAGE = """
            ./picup backup DIR [--keep N] [--data DIR]
            ./picup backup verify DIR [--at TIME] [--data DIR]
            ./picup restore DIR [--at TIME] --data NEW
            ./picup recover --data DIR""";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;
    private static final int DAMAGED = 3;
    private static final int MOST_KEPT = 10_000;
    private static final int MOST_TOLD = 20;

    private BackupCommand() {}

    /// @param options by their names without dashes
    private record Words(String command, List<String> rest, Map<String, String> options) {
        private static final Set<String> OPTIONS = Set.of("data", "at", "keep");

        static Words of(List<String> words) {
            var rest = new ArrayList<String>();
            var options = new HashMap<String, String>();
            for (var word = words.iterator(); word.hasNext(); ) {
                var each = word.next();
                if (each.startsWith("--")) {
                    if (!OPTIONS.contains(each.substring(2)) || !word.hasNext()) {
                        throw new BadValue(each + " is not understood, or has no value.\n" + USAGE);
                    }
                    options.put(each.substring(2), word.next());
                } else {
                    rest.add(each);
                }
            }
            if (rest.isEmpty() || !options.containsKey("data")) {
                throw new BadValue(USAGE);
            }
            return new Words(rest.getFirst(), rest.subList(1, rest.size()), options);
        }

        Path data() {
            return Path.of(options.get("data")).toAbsolutePath().normalize();
        }

        BackupFolder folder() {
            if (rest.size() != 1) {
                throw new BadValue("Name one folder.\n" + USAGE);
            }
            return new BackupFolder(Path.of(rest.getFirst()).toAbsolutePath().normalize());
        }

        @Nullable String at() {
            return options.get("at");
        }

        int keep() {
            try {
                int keep = Integer.parseInt(options.getOrDefault("keep", "" + BackupSettings.KEEP));
                if (keep >= 1 && keep <= MOST_KEPT) {
                    return keep;
                }
            } catch (NumberFormatException e) {
                // refused below
            }
            throw new BadValue("--keep must be a number from 1 to %d, but is '%s'.".formatted(MOST_KEPT, options.get("keep")));
        }
    }

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            var words = Words.of(arguments);
            return switch (words.command) {
                case "take" -> take(words);
                case "verify" -> verify(words);
                case "restore" -> restore(words);
                case "recover" -> recover(words);
                default -> throw new BadValue(USAGE);
            };
        } catch (BadValue e) {
            System.err.println(e.getMessage());
            return NOT_UNDERSTOOD;
        } catch (CannotStart e) {
            System.err.println(e.getMessage() + " " + e.remedy());
        } catch (CannotGetJdbcConnectionException e) {
            System.err.println("The database does not answer: " + e.getMostSpecificCause().getMessage());
        } catch (DataAccessException | SQLException e) {
            System.err.println("The database does not answer as this Picup expects; start this Picup once, then try again. " + e.getMessage());
        } catch (IOException e) {
            System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private static int take(Words words) throws IOException, SQLException {
        try (var database = PostgresServer.ofEnvironment(words.data()); var stores = BlobStores.ofEnvironment(words.data())) {
            var taken = new TakeBackup(database, words.data(), stores.originals(), Progress.onStandardError()).run(words.folder(), words.keep(), Instant.now());
            System.out.printf("""
                    Backup %s is complete in %s: %,d rows, %,d originals with %,d bytes, of which %,d bytes are new.
                    It holds the keys of this instance; who has it can read everything in it. Keep it as you keep the originals.
                    Your own settings (PICUP_…) are not in it.
                    """, taken.name(), words.folder().path(), taken.rows(), taken.originals(), taken.originalBytes(), taken.copiedBytes());
            tellDamaged("These originals are missing in the instance, or not what their digest says, and no backup has them:", taken.damaged());
            return taken.damaged().isEmpty() ? DONE : DAMAGED;
        }
    }

    private static int verify(Words words) throws IOException, SQLException, InterruptedException {
        var folder = words.folder();
        var verified = new VerifyBackup(folder, Progress.onStandardError()).run(folder.existing(words.at()));
        System.out.printf("Backup %s %s: %s.%n", verified.name(), verified.sound() ? "can be restored" : "is not whole", verified.summary());
        verified.defects().stream().limit(MOST_TOLD).forEach(defect -> System.out.println("  " + defect));
        tell(words, verified);
        return verified.sound() ? DONE : DAMAGED;
    }

    /// The backup may be looked at where there is no instance.
    private static void tell(Words words, VerifyBackup.Verified verified) {
        try (var live = PostgresServer.ofEnvironment(words.data())) {
            VerifyBackup.tell(live, verified);
        } catch (CannotStart | DataAccessException e) {
            System.err.println("There is no instance in " + words.data() + " that could be told.");
        }
    }

    private static int restore(Words words) throws IOException, SQLException {
        requireOriginalsOnDisk();
        var folder = words.folder();
        var restored = new RestoreBackup(folder, words.data(), PostgresServer.externalOfEnvironment(), Progress.onStandardError())
                .run(folder.existing(words.at()));
        System.out.printf("""
                Restored %s into %s as it was at %s: %,d rows, %,d originals with %,d bytes, all of them hashed on the way.
                Everybody signs in again. Start it with: ./picup --data %s
                """, restored.name(), words.data(), restored.manifest().takenAt(), restored.manifest().rows(), restored.copied(),
                restored.manifest().originals().bytes(), words.data());
        tellDamaged("These originals are damaged in the backup, and were left out:", restored.damaged());
        return restored.damaged().isEmpty() ? DONE : DAMAGED;
    }

    private static int recover(Words words) throws IOException, SQLException {
        requireOriginalsOnDisk();
        if (PostgresServer.externalOfEnvironment().isPresent()) {
            throw new CannotStart("A library is recovered into a PostgreSQL that Picup starts itself, but PICUP_DATABASE_URL is set.", "Unset it, recover, take a backup, and restore that.");
        }
        var recovered = new RecoverLibrary(words.data(), Progress.onStandardError()).run();
        System.out.printf("Recovered %,d pictures and %,d sidecars. New passwords, to be changed after signing in (the first administers):%n",
                recovered.pictures(), recovered.sidecars());
        recovered.accounts().forEach(account -> System.out.println("  " + account.username() + "  " + account.password()));
        if (recovered.unclaimed() > 0) {
            System.out.printf("%,d originals had no label, so nobody knows whose they are. They lie in %s; ./picup import takes them.%n",
                    recovered.unclaimed(), words.data().resolve("unclaimed"));
        }
        tellDamaged("The originals of these digests are gone. Their pictures are marked; an upload of the same file heals each:", recovered.missing());
        tellDamaged("Not as it was:", recovered.troubles());
        return recovered.missing().isEmpty() && recovered.troubles().isEmpty() && recovered.unclaimed() == 0 ? DONE : DAMAGED;
    }

    private static void tellDamaged(String what, List<String> which) {
        if (!which.isEmpty()) {
            System.out.println(what);
            which.stream().limit(MOST_TOLD).forEach(each -> System.out.println("  " + each));
            if (which.size() > MOST_TOLD) {
                System.out.printf("  and %,d more%n", which.size() - MOST_TOLD);
            }
        }
    }

    /// Elsewhere the scheduled backup of the running instance is the way, which has the store at hand.
    private static void requireOriginalsOnDisk() {
        var where = System.getenv("PICUP_STORAGE_ORIGINALS");
        if (where != null && !where.isBlank() && !where.equals("disk")) {
            throw new CannotStart("This command works on originals that lie on the disk, but PICUP_STORAGE_ORIGINALS is " + where + ".",
                    "Unset it, and move the originals afterwards with ./picup blobs copy.");
        }
    }
}
