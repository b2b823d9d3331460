package picup.storage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import picup.storage.Digest;

/// The plain bytes of an encrypted blob, from one of its pieces on. None comes out whose piece did not prove true.
final class OpenedStream extends InputStream {
    private final InputStream in;
    private final SealedBlob blob;
    private final Digest digest;
    private final SealedBlob.Pieces pieces;
    private final byte[] sealed = new byte[SealedBlob.SEALED_PIECE_BYTES];
    private byte[] plain = new byte[0];
    private int position;
    private long next;

    /// @param in   at the beginning of the piece `next`
    /// @param next its number
    OpenedStream(InputStream in, SealedBlob blob, Digest digest, SealedBlob.Pieces pieces, long next) {
        this.in = in;
        this.blob = blob;
        this.digest = digest;
        this.pieces = pieces;
        this.next = next;
    }

    @Override
    public int read() throws IOException {
        return more() ? plain[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int some = Math.min(length, plain.length - position);
        System.arraycopy(plain, position, into, offset, some);
        position += some;
        return some;
    }

    private boolean more() throws IOException {
        while (position == plain.length) {
            if (next == blob.pieces()) {
                return false;
            }
            long left = blob.sizeBytes() - next * SealedBlob.PIECE_BYTES;
            int length = (int) Math.min(SealedBlob.PIECE_BYTES, left) + SealedBlob.TAG_BYTES;
            int read = in.readNBytes(sealed, 0, length);
            if (read < length) {
                throw new AlteredBlob("%s ends in its piece %d of %d".formatted(digest, next, blob.pieces()));
            }
            try {
                plain = pieces.piece(next, sealed, length);
            } catch (GeneralSecurityException e) {
                throw new AlteredBlob("The piece %d of %s does not open".formatted(next, digest), e);
            }
            position = 0;
            next++;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
