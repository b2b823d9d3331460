package picup.decoder;

/// A file that the decoder wrote.
///
/// @param mediaType one of `image/jpeg`, `image/webp`, `video/mp4`
/// @param width     in pixels, as shown
/// @param height    in pixels, as shown
public record RenditionFile(Name name, String mediaType, int width, int height, long sizeBytes) {

    /// The file names are fixed, so that nothing a file says about itself ever becomes a path.
    public enum Name {
        /// Short side 256 at most.
        THUMB("thumb"),
        /// Short side 1440 at most.
        PREVIEW("preview"),
        /// MP4 that starts to play before it is loaded.
        VIDEO("video.mp4");

        private final String fileName;

        Name(String fileName) {
            this.fileName = fileName;
        }

        public String fileName() {
            return fileName;
        }
    }

    public RenditionFile {
        boolean known = name == Name.VIDEO ? mediaType.equals("video/mp4")
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
