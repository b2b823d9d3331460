package picup.decoder;

/// The kinds of file that Picup takes in, decided by content, never by name.
public enum FileKind {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    GIF("image/gif", "gif"),
    HEIC("image/heic", "heic"),
    AVIF("image/avif", "avif"),
    MP4("video/mp4", "mp4"),
    MOV("video/quicktime", "mov");

    private final String mediaType;
    private final String extension;

    FileKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /// Without the dot.
    public String extension() {
        return extension;
    }

    public boolean video() {
        return mediaType.startsWith("video/");
    }
}
