package picup.storage.scrub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;
import picup.platform.Ids;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.NotNow;
import picup.storage.Digest;
import picup.storage.blob.BlobStore;
import picup.storage.blob.DiskBlobs;

/// Brings an original from one store to another. The bytes are written anew, and never linked: two names of one file are one copy. They are
/// hashed on the way, so that nothing that went bad since it was looked at takes the place of anything.
@Component
@InRole(Role.WORKER)
class Transfer {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final FileAttribute<?> AS_ORIGINALS_ARE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private final DiskBlobs disk;
    private final Pace pace;

    Transfer(DiskBlobs disk, Pace pace) {
        this.disk = disk;
        this.pace = pace;
    }

    /// @return false when what came was not these bytes; then nothing was changed
    boolean run(BlobStore from, BlobStore to, Digest digest, ReadBack.Going going) throws IOException, NotNow, InterruptedException {
        var file = beside(to).resolve(Ids.next().toString());
        try {
            if (!fetched(from, digest, file, going)) {
                return false;
            }
            to.replace(digest, file);
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// On the target's own disk where it has one, so that the bytes are written once.
    private Path beside(BlobStore to) {
        return to instanceof DiskBlobs target ? target.incoming() : disk.incoming();
    }

    private boolean fetched(BlobStore from, Digest digest, Path file, ReadBack.Going going) throws IOException, NotNow, InterruptedException {
        var hash = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (var bytes = from.read(digest, 0); var out = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), AS_ORIGINALS_ARE)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                hash.update(buffer, 0, read);
                for (var piece = ByteBuffer.wrap(buffer, 0, read); piece.hasRemaining(); ) {
                    out.write(piece);
                }
                pace.take(read);
                going.on();
            }
        }
        return new Digest(hash.digest()).equals(digest);
    }

    /// Removes what was cut off on its way to `to`.
    void sweep(BlobStore to, Instant before) throws IOException {
        if (!(to instanceof DiskBlobs target)) {
            return;
        }
        try (var files = Files.newDirectoryStream(target.incoming())) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(before)) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
