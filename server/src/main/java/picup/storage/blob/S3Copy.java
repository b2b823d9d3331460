package picup.storage.blob;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Copies an object within its bucket, where the server moves the bytes. What is too large for one call goes in ranges.
final class S3Copy {
    /// S3, "CopyObject": up to 5 GB in one call.
    static final long AT_ONCE_BYTES = 5_000_000_000L;
    private static final long RANGE_BYTES = 1L << 30;

    private final S3Calls calls;
    private final String bucket;
    private final String from;
    private final String to;
    private final long sizeBytes;

    S3Copy(S3Blobs blobs, String from, String to, long sizeBytes) {
        this.calls = blobs.calls();
        this.bucket = blobs.bucket();
        this.from = from;
        this.to = to;
        this.sizeBytes = sizeBytes;
    }

    void run() throws IOException {
        if (sizeBytes <= AT_ONCE_BYTES) {
            atOnce();
        } else {
            inRanges(RANGE_BYTES);
        }
    }

    /// The server is asked for a SHA-256 of the whole, which parts did not give it; not every server makes one.
    private void atOnce() throws IOException {
        calls.askToAssemble("copy an object", sizeBytes, client -> client.copyObject(request -> request
                .sourceBucket(bucket).sourceKey(from).destinationBucket(bucket).destinationKey(to).checksumAlgorithm(ChecksumAlgorithm.SHA256)));
    }

    void inRanges(long rangeBytes) throws IOException {
        var upload = calls.ask("begin an object", () -> calls.client().createMultipartUpload(
                request -> request.bucket(bucket).key(to).contentType(S3Upload.TYPE))).uploadId();
        boolean done = false;
        try {
            var parts = ranges(upload, rangeBytes);
            calls.askToAssemble("finish an object", sizeBytes, client -> client.completeMultipartUpload(
                    request -> request.bucket(bucket).key(to).uploadId(upload).multipartUpload(all -> all.parts(parts))));
            done = true;
        } finally {
            if (!done) {
                S3Upload.giveUp(calls, bucket, to, upload);
            }
        }
    }

    private List<CompletedPart> ranges(String upload, long rangeBytes) throws IOException {
        var parts = new ArrayList<CompletedPart>();
        for (long start = 0; start < sizeBytes; start += rangeBytes) {
            int number = parts.size() + 1;
            long end = Math.min(start + rangeBytes, sizeBytes);
            var range = "bytes=%d-%d".formatted(start, end - 1);
            var answer = calls.askToAssemble("copy a part", end - start, client -> client.uploadPartCopy(request -> request.sourceBucket(bucket).sourceKey(from)
                    .destinationBucket(bucket).destinationKey(to).uploadId(upload).partNumber(number).copySourceRange(range)));
            parts.add(CompletedPart.builder().partNumber(number).eTag(answer.copyPartResult().eTag()).build());
        }
        return parts;
    }
}
