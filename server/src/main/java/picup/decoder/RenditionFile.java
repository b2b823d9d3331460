package picup.decoder;

/// A file that the decoder wrote.
///
/// @param mediaType one of `image/jpeg`, `image/webp`, `video/mp4`
/// @param width     in pixels, as shown
/// @param height    in pixels, as shown
public record RenditionFile(Name name, String mediaType, int width, int height, long sizeBytes) {

    /// Of the settings by which renditions are made: sizes, formats, quality, colours, what is shown at all. One more whenever they
    /// change; then all are made again in the background, while the old ones are shown. What was
    /// made of a video besides its poster stays: hours of work for what was as good before.
    public static final int VERSION = 1;

    /// The file names are fixed, so that nothing a file says about itself ever becomes a path.
    public enum Name {
        /// Short side 256 at most.
        THUMB("thumb"),
        /// Short side 1440 at most.
        PREVIEW("preview"),
        /// All pixels, for what browsers can't show.
        FULL("full"),
        /// A few seconds without sound, for the moment in which somebody points at the thumbnail.
        HOVER("hover.mp4"),
        /// The video inside a motion photo.
        MOTION("motion.mp4"),
        /// MP4 that starts to play before it is loaded.
        VIDEO("video.mp4");

        private final String fileName;

        Name(String fileName) {
            this.fileName = fileName;
        }

        public String fileName() {
            return fileName;
        }

        public boolean moves() {
            return this == HOVER || this == MOTION || this == VIDEO;
        }
    }

    public RenditionFile {
        boolean known = name.moves() ? mediaType.equals("video/mp4")
                : mediaType.equals("image/jpeg") || mediaType.equals("image/webp");
        if (!known) {
            throw new IllegalArgumentException("a " + name + " can't be " + mediaType);
        }
        if (width < 1 || width > 65_535 || height < 1 || height > 65_535) {
            throw new IllegalArgumentException("a rendition of " + width + " × " + height + " pixels is not possible");
        }
        if (sizeBytes < 1) {
            throw new IllegalArgumentException("a rendition can't have " + sizeBytes + " bytes");
        }
    }
}
