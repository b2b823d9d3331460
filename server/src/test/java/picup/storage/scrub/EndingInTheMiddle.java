package picup.storage.scrub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import picup.storage.Digest;
import picup.storage.blob.BlobStore;

/// Good when it is asked whether it is, and dies half-way when its bytes are wanted.
record EndingInTheMiddle(BlobStore store) implements BlobStore {
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Override
    public InputStream read(Digest digest, long fromBytes) throws IOException {
        return new FilterInputStream(store.read(digest, fromBytes)) {
            private int left = 350_000;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, Math.min(length, 100_000));
                left -= read;
                if (left < 0) {
                    throw new Killed();
                }
                return read;
            }
        };
    }

    @Override
    public InputStream readBack(Digest digest) throws IOException {
        return store.readBack(digest);
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
    public OptionalLong sizeBytes(Digest digest) throws IOException {
        return store.sizeBytes(digest);
    }

    @Override
    public void remove(Digest digest) throws IOException {
        store.remove(digest);
    }

    @Override
    public Stream<Blob> inFolder(int first) throws IOException {
        return store.inFolder(first);
    }

    @Override
    public Optional<Path> file(Digest digest) {
        return store.file(digest);
    }
}
