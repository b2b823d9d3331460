package picup.storage;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/// An original that is no file here, for a web answer. What is skipped before the first read is never fetched: a player that seeks to the end of a film
/// gets the end.
final class OriginalBytes extends AbstractResource {
    @FunctionalInterface
    interface Source {
        InputStream from(long bytes) throws IOException;
    }

    private final Digest digest;
    private final long sizeBytes;
    private final Source source;

    OriginalBytes(Digest digest, long sizeBytes, Source source) {
        this.digest = digest;
        this.sizeBytes = sizeBytes;
        this.source = source;
    }

    @Override
    public long contentLength() {
        return sizeBytes;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String getDescription() {
        return "original " + digest;
    }

    @Override
    public InputStream getInputStream() {
        return new Opening();
    }

    private final class Opening extends InputStream {
        private long fromBytes;
        private @Nullable InputStream in;

        private InputStream in() throws IOException {
            if (in == null) {
                in = source.from(fromBytes);
            }
            return in;
        }

        @Override
        public long skip(long bytes) throws IOException {
            if (in != null) {
                return in.skip(bytes);
            }
            long skipped = Math.clamp(bytes, 0, sizeBytes - fromBytes);
            fromBytes += skipped;
            return skipped;
        }

        @Override
        public int read() throws IOException {
            return in().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in().read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
