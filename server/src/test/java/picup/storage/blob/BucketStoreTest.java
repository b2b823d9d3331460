package picup.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import picup.storage.Digest;

/// And what goes in parts: a bucket is given the same files by the encryption before it.
class BucketStoreTest extends InBucketContract {
    @Override
    BlobStore over(S3Blobs bucket) {
        return bucket;
    }

    @Test
    void aLargeOneGoesInParts() throws IOException {
        var sample = sample(70 * 1024 * 1024);
        store.put(sample.digest(), sample.file());
        assertThat(store.sizeBytes(sample.digest())).hasValue(sample.bytes().length);
        try (var in = store.read(sample.digest(), 0)) {
            var hash = Digest.sha256();
            var buffer = new byte[100_000];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
            assertThat(new Digest(hash.digest())).isEqualTo(sample.digest());
        }
    }

    @Test
    void aServerThatHangsInTheMiddleOfTakingBytesEndsTheCall() throws Exception {
        var large = sample(60 * 1024 * 1024); // more than the system's buffers take
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var put = threads.submit(() -> {
                store.replace(large.digest(), large.file());
                return null;
            });
            s3.freeze(); // before, or at some moment in it
            assertThatThrownBy(put::get).cause().isInstanceOf(StoreUnavailable.class);
        } finally {
            s3.thaw();
        }
        store.put(large.digest(), large.file());
        assertThat(store.sizeBytes(large.digest())).hasValue(large.bytes().length);
    }
}
