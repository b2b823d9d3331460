package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object as it comes. One that breaks off is noticed, which `HttpURLConnection` itself takes for the end.
final class S3Stream extends InputStream {
    private final ResponseInputStream<GetObjectResponse> in;
    private long leftBytes;

    S3Stream(ResponseInputStream<GetObjectResponse> in) {
        this.in = in;
        this.leftBytes = in.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read;
        try {
            read = in.read(into, offset, length);
        } catch (IOException e) {
            throw new StoreUnavailable("The S3 store does not answer.", e);
        }
        if (read < 0 && leftBytes > 0) {
            throw new StoreUnavailable("The S3 store broke off.", new IOException(leftBytes + " bytes did not come"));
        }
        leftBytes -= Math.max(0, read);
        return read;
    }

    /// What nobody wants any more is not read to its end.
    @Override
    public void close() throws IOException {
        if (leftBytes > 0) {
            in.abort();
        } else {
            in.close();
        }
    }
}
