package picup.storage.blob;

import java.io.IOException;
import java.nio.file.Path;
import picup.storage.Digest;

class DiskStoreTest extends OnDiskContract {
    @Override
    BlobStore open(Path folder) throws IOException {
        return new DiskBlobs(folder.resolve("originals"));
    }

    @Override
    Path raw(Digest digest) {
        return folder.resolve("originals").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}
