package picup.storage.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picup.storage.Digest;

class EncryptedDiskStoreTest extends OnDiskContract {
    static final String OLD_KEY = "2025:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String NEW_KEY = "2026:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    @Override
    BlobStore open(Path folder) throws IOException {
        var disk = new DiskBlobs(folder.resolve("originals"));
        return new EncryptedBlobs(disk, new EncryptionKeys(List.of(OLD_KEY)), disk.incoming());
    }

    @Override
    Path raw(Digest digest) {
        return folder.resolve("originals").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}
