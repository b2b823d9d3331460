package picup.storage.blob;

import java.util.List;

class EncryptedBucketStoreTest extends InBucketContract {
    @Override
    BlobStore over(S3Blobs bucket) {
        return new EncryptedBlobs(bucket, new EncryptionKeys(List.of(EncryptedDiskStoreTest.OLD_KEY)), staging);
    }
}
