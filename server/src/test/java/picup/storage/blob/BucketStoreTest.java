package picup.storage.blob;

class BucketStoreTest extends InBucketContract {
    @Override
    BlobStore over(S3Blobs bucket) {
        return bucket;
    }
}
