package picup.storage;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;
import picup.storage.StorageSettings.Place;
import picup.storage.blob.BlobStores;
import picup.storage.blob.CopyBlobs;
import picup.storage.blob.EncryptedBlobs;
import picup.storage.blob.StoreUnavailable;

/// `./picup blobs copy --to s3 | copy --to disk | rewrap`: for who runs Picup and moves the originals, or changes the keys they are encrypted with.
/// With the settings of the server, from the same environment, whether that runs or not.
public final class BlobsCommand {
    private static final String USAGE = "./picup blobs copy --to s3|disk, or ./picup blobs rewrap [--data DIR]";
    private static final Duration TELL_EVERY = Duration.ofSeconds(2);
    private static final int FOLDERS = 256;

    private final StorageSettings settings;
    private final BlobStores stores;
    private long toldAt = System.nanoTime();

    private BlobsCommand(BlobStores stores) {
        this.stores = stores;
        this.settings = stores.settings();
    }

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        System.exit(run(List.of(arguments)));
    }

    /// @param words the last two are `--data DIR`
    static int run(List<String> words) {
        int last = words.size() - 2;
        if (last < 1 || !words.get(last).equals("--data")) {
            System.err.println(USAGE);
            return 2;
        }
        try (var stores = BlobStores.ofEnvironment(Path.of(words.getLast()).toAbsolutePath().normalize())) {
            var command = new BlobsCommand(stores);
            var what = words.subList(0, last);
            if (what.equals(List.of("rewrap"))) {
                return command.rewrap();
            }
            if (what.size() == 3 && what.subList(0, 2).equals(List.of("copy", "--to")) && List.of("s3", "disk").contains(what.get(2))) {
                return command.copy(Place.valueOf(what.get(2).toUpperCase(Locale.ROOT)));
            }
            System.err.println(USAGE);
            return 2;
        } catch (BindException e) {
            System.err.println(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        } catch (StoreUnavailable e) {
            System.err.println(e.getMessage() + " " + e.getCause().getMessage() + "\nWhat is done stays done; run the same again to go on.");
        } catch (IOException e) {
            System.err.println(e);
        } catch (InterruptedException e) {
            System.err.println("Interrupted; run the same again to go on.");
        }
        return 1;
    }

    private int copy(Place to) throws IOException, InterruptedException {
        if (!settings.s3().configured()) {
            System.err.println("Which bucket? Set PICUP_STORAGE_S3_BUCKET, and the other PICUP_STORAGE_S3_ settings that docs/configuration.md lists.");
            return 2;
        }
        var from = to == Place.S3 ? Place.DISK : Place.S3;
        var result = new CopyBlobs(stores.at(from), stores.at(to), stores.workbench()).run(progress -> tell(progress.folders(), "%,d copied (%s), %,d there already"
                .formatted(progress.copied(), bytes(progress.copiedBytes()), progress.there())));
        System.out.printf("Copied %,d originals (%s) from %s to %s; %,d were there already.%n", result.copied(), bytes(result.copiedBytes()), name(from), name(to), result.there());
        if (!result.damaged().isEmpty()) {
            System.err.println("These are not what their names say, and were not copied:");
            result.damaged().forEach(digest -> System.err.println("  " + digest.hex()));
        }
        System.out.println(settings.originals() == to
                ? "New originals go to %s already, so this was all. What lies in %s can be removed.".formatted(name(to), name(from))
                : "Now set PICUP_STORAGE_ORIGINALS=%s, restart Picup, and run this once more for what came in between. Until then it is read from where it is."
                        .formatted(name(to)));
        return result.damaged().isEmpty() ? 0 : 1;
    }

    private int rewrap() throws IOException {
        if (settings.encryption().keys().isEmpty()) {
            System.err.println("There are no keys. Set PICUP_STORAGE_ENCRYPTION_KEYS, the new one first.");
            return 2;
        }
        for (var place : settings.s3().configured() ? List.of(Place.DISK, Place.S3) : List.of(Place.DISK)) {
            rewrap(place, stores.encryptedAt(place).orElseThrow());
        }
        System.out.println("No original needs any key but the first. Keep the others as long as you keep backups from before.");
        return 0;
    }

    private void rewrap(Place place, EncryptedBlobs store) throws IOException {
        var counts = new long[EncryptedBlobs.Rewrapped.values().length];
        for (int folder = 0; folder < FOLDERS; folder++) {
            List<Digest> digests;
            try (var blobs = store.inFolder(folder)) {
                digests = blobs.map(blob -> blob.digest()).toList();
            }
            for (var digest : digests) {
                try {
                    counts[store.rewrap(digest).ordinal()]++;
                } catch (NoSuchFileException deletedMeanwhile) {
                    continue;
                }
            }
            tell(folder + 1, "%,d changed".formatted(counts[0]));
        }
        System.out.printf("%s: %,d changed to the first key, %,d had it, %,d are not encrypted.%n", name(place), counts[0], counts[1], counts[2]);
    }

    private void tell(int folders, String what) {
        if (System.nanoTime() - toldAt > TELL_EVERY.toNanos()) {
            toldAt = System.nanoTime();
            System.out.printf("%3d %%  %s%n", folders * 100 / FOLDERS, what);
        }
    }

    private static String name(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static String bytes(long bytes) {
        return bytes < 10_000_000 ? "%,d KB".formatted(bytes / 1000) : "%,d MB".formatted(bytes / 1_000_000);
    }
}
