package picup.storage.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import picup.storage.DirectParts;
import picup.storage.StorageSettings;

/// The stores that the settings name, each encrypted where there are keys.
///
/// While originals move from one to the other, which an operator begins and ends, both are configured: the one that
/// `picup.storage.originals` names is written to, and the other still read ([MovedBlobs]).
public final class BlobStores implements AutoCloseable {
    private final StorageSettings settings;
    private final DiskBlobs files;
    private final @Nullable EncryptionKeys keys;
    private final BlobStore disk;
    private @Nullable S3Blobs bucket;

    public BlobStores(StorageSettings settings, DiskBlobs files) {
        this.settings = settings;
        this.files = files;
        this.keys = settings.encryption().keys().isEmpty() ? null : settings.encryption().parsed();
        this.disk = encrypted(files);
    }

    /// Of a command beside the server, with the server's settings: variables, and files of secrets as `SPRING_CONFIG_IMPORT` names them.
    public static BlobStores ofEnvironment(Path data) throws IOException {
        var environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return new BlobStores(Binder.get(environment).bindOrCreate("picup.storage", StorageSettings.class), new DiskBlobs(data.resolve("originals")));
    }

    public StorageSettings settings() {
        return settings;
    }

    /// Where files are made on their way into a store.
    public Path workbench() {
        return files.incoming();
    }

    /// Where originals are written to, and looked for everywhere.
    public BlobStore originals() {
        return switch (settings.originals()) {
            case S3 -> new MovedBlobs(s3(), disk);
            case DISK -> settings.s3().configured() && settings.copy() != StorageSettings.Copy.S3 ? new MovedBlobs(disk, s3()) : disk;
        };
    }

    public BlobStore at(StorageSettings.Place place) {
        return place == StorageSettings.Place.S3 ? s3() : disk;
    }

    /// As [#at]; empty when there are no keys.
    public Optional<EncryptedBlobs> encryptedAt(StorageSettings.Place place) {
        return at(place) instanceof EncryptedBlobs encrypted ? Optional.of(encrypted) : Optional.empty();
    }

    /// Encrypted with the same keys as the originals.
    public BlobStore encrypted(BlobStore store) {
        return keys == null ? store : new EncryptedBlobs(store, Objects.requireNonNull(keys), files.incoming());
    }

    /// Connects to nothing before it is used.
    public BlobStore s3() {
        return encrypted(bucket());
    }

    private synchronized S3Blobs bucket() {
        if (bucket == null) {
            bucket = new S3Blobs(settings.s3());
        }
        return bucket;
    }

    /// Where clients send to themselves, if there is anything such.
    public DirectParts directParts() {
        return new S3Parts(settings, this::bucket);
    }

    @Override
    public synchronized void close() {
        if (bucket != null) {
            bucket.close();
        }
    }
}
