package picup.storage.scrub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.Unavailable;
import picup.platform.jobs.NotNow;
import picup.storage.Digest;
import picup.storage.Health;
import picup.storage.blob.AlteredBlob;
import picup.storage.blob.BlobStore;

/// Reads all bytes of an original from a store, and compares them with their name.
@Component
@InRole(Role.WORKER)
class ReadBack {
    private static final int BUFFER_BYTES = 256 * 1024;

    /// What looking for a file counts: a rotating disk reads as much while it seeks. So a store that has lost everything is told of at the
    /// pace of any other, and not as fast as the log can be written.
    private static final int SEEK_BYTES = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ReadBack.class);

    private final Pace pace;
    private final LongAdder readBytes = new LongAdder();

    ReadBack(Pace pace) {
        this.pace = pace;
    }

    /// Called now and then while it reads.
    @FunctionalInterface
    interface Going {
        void on();
    }

    /// @throws IOException when the store cannot be asked at all, which says nothing about the bytes
    Health.State of(BlobStore store, Digest digest, long sizeBytes, Going going) throws IOException, NotNow, InterruptedException {
        pace.take(SEEK_BYTES);
        InputStream bytes;
        try {
            bytes = store.readBack(digest);
        } catch (NoSuchFileException e) {
            return Health.State.MISSING;
        } catch (AlteredBlob e) {
            LOG.error("The original {} does not open in the store {}", digest, store.name(), e);
            return Health.State.ALTERED;
        }
        try (bytes) {
            return read(bytes, digest, sizeBytes, going);
        } catch (Unavailable e) {
            throw e;
        } catch (IOException e) {
            // It could be opened and then not be read: a sector of the disk is gone, and with it what these bytes were.
            LOG.error("The original {} cannot be read from the store {}", digest, store.name(), e);
            return Health.State.ALTERED;
        }
    }

    private Health.State read(InputStream bytes, Digest digest, long sizeBytes, Going going) throws IOException, NotNow, InterruptedException {
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        long total = 0;
        for (int read = bytes.read(buffer); read >= 0 && total <= sizeBytes; read = bytes.read(buffer)) {
            hash.update(buffer, 0, read);
            total += read;
            readBytes.add(read);
            pace.take(read);
            going.on();
        }
        return total == sizeBytes && new Digest(hash.digest()).equals(digest) ? Health.State.SOUND : Health.State.ALTERED;
    }

    long readBytes() {
        return readBytes.sum();
    }
}
