package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picup.storage.Digest;

/// A store that blobs are being moved to, and the one where those still lie that have not been. New ones go to the first, and only what is not
/// there is looked for in the other. So an instance can be moved while it serves (`./picup blobs copy`), and back.
public final class MovedBlobs implements BlobStore {
    private final BlobStore store;
    private final BlobStore former;

    public MovedBlobs(BlobStore store, BlobStore former) {
        this.store = store;
        this.former = former;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void put(Digest digest, Path file) throws IOException {
        store.put(digest, file);
    }

    @Override
    public void replace(Digest digest, Path file) throws IOException {
        store.replace(digest, file);
    }

    @Override
    public OptionalLong sizeBytes(Digest digest) throws IOException {
        var size = store.sizeBytes(digest);
        return size.isPresent() ? size : former.sizeBytes(digest);
    }

    @Override
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        try {
            return store.read(digest, fromBytes);
        } catch (NoSuchFileException e) {
            return former.read(digest, fromBytes);
        }
    }

    @Override
    public InputStream readBack(Digest digest) throws IOException {
        try {
            return store.readBack(digest);
        } catch (NoSuchFileException e) {
            return former.readBack(digest);
        }
    }

    /// From the former one first: whoever asks in between must not find what is just going.
    @Override
    public void remove(Digest digest) throws IOException {
        former.remove(digest);
        store.remove(digest);
    }

    /// What lies in both comes twice.
    @Override
    public Stream<Blob> inFolder(int first) throws IOException {
        var here = store.inFolder(first);
        try {
            return Stream.concat(here, former.inFolder(first));
        } catch (IOException | RuntimeException e) {
            here.close();
            throw e;
        }
    }

    @Override
    public boolean complete(Blob listed, long sizeBytes) {
        return store.complete(listed, sizeBytes) || former.complete(listed, sizeBytes);
    }

    /// Here it is looked at whether the file is there, because the other store may have it.
    @Override
    public Optional<Path> file(Digest digest) {
        return Stream.of(store, former).flatMap(each -> each.file(digest).stream()).filter(Files::exists).findFirst();
    }
}
