package picup.media;

import picup.media.decoding.DecoderPool;

/// The pool for long work, apart from the one whose thumbnails people wait for.
record VideoDecoders(DecoderPool pool) implements AutoCloseable {
    @Override
    public void close() {
        pool.close();
    }
}
