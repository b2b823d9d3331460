package picup.decoder;

import java.util.List;

/// What came of a file. A decoder that died instead of answering is an exception of the parent's side, not an answer.
public sealed interface DecodeAnswer {

    /// @param renditions without a copy when a video was to be made playable and [Facts.Clip#playableAsIs] says it already is
    record Decoded(Facts facts, List<RenditionFile> renditions) implements DecodeAnswer {
        public Decoded {
            renditions = List.copyOf(renditions);
        }
    }

    /// Of a sidecar.
    record Described(SidecarFacts facts) implements DecodeAnswer {}

    /// What a recipe made of a photo.
    ///
    /// @param width     of all its pixels, as shown
    /// @param height    of all its pixels, as shown
    /// @param thumbHash Base64
    record Edited(int width, int height, String thumbHash, List<RenditionFile> renditions) implements DecodeAnswer {
        public Edited {
            renditions = List.copyOf(renditions);
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("a picture of " + width + " × " + height + " pixels is not possible");
            }
        }
    }

    /// The same file will be refused again: trying once more is useless.
    ///
    /// @param detail for the log; comes from a decoder's library, so it is cleaned but not to be trusted
    record Refused(Reason reason, String detail) implements DecodeAnswer {}

    enum Reason {
        /// The content can't be decoded at all.
        UNREADABLE,
        /// The content isn't of the kind that the request names.
        WRONG_KIND,
        /// More pixels than the limits allow.
        TOO_MANY_PIXELS,
        /// A video without a picture.
        NO_PICTURE,
        /// A program or library for this kind isn't installed here.
        UNSUPPORTED,
        /// A program that the decoder had started ran past its own time.
        TOO_SLOW
    }
}
