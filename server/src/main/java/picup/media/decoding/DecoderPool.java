package picup.media.decoding;

import picup.decoder.DecodeAnswer;
import picup.decoder.DecodeRequest;

/// Decoder processes, kept warm.
public class DecoderPool implements AutoCloseable {

    public DecoderPool(DecoderSettings settings) {
    }

    public DecodeAnswer decode(DecodeRequest request) throws DecoderLost, InterruptedException {
        throw new DecoderLost(DecoderLost.Cause.NOT_STARTED, "no decoder yet");
    }

    @Override
    public void close() {
    }
}
