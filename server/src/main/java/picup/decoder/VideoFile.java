package picup.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A video and how ffmpeg is to open it.
///
/// The container is given, not guessed: playlists and concat scripts that pose as videos never reach their parsers, and
/// nothing but the one file may be opened.
///
/// @param demuxer as `ffmpeg -demuxers` names it
record VideoFile(Path path, String demuxer) {

    /// An MPEG stream without a container starts with a sequence (ISO/IEC 13818-2, `sequence_header_code`), a program
    /// stream with a pack.
    private static final int SEQUENCE_HEADER = 0xb3;

    static VideoFile of(Path path, FileKind kind) throws IOException {
        return new VideoFile(path, switch (kind) {
            case MP4, MOV -> "mov";
            case MKV, WEBM -> "matroska";
            case AVI -> "avi";
            case MTS -> "mpegts";
            case MPEG -> fourthByte(path) == SEQUENCE_HEADER ? "mpegvideo" : "mpeg";
            case WMV -> "asf";
            default -> throw new IllegalArgumentException(kind + " is no video");
        });
    }

    /// Arguments for ffmpeg and ffprobe.
    ///
    /// @param options for this input only: `-ss`, `-t`
    List<String> open(String... options) {
        return Probe.join(List.of("-protocol_whitelist", "file", "-f", demuxer), List.of(options), List.of("-i", path.toString()));
    }

    /// Whether its frames carry times that another container can take over as they are. AVI, WMV and old MPEG streams
    /// number frames in the order of decoding, or not at all.
    boolean timed() {
        return List.of("mov", "matroska", "mpegts").contains(demuxer);
    }

    /// Whether its length is written in the file, rather than guessed from the size.
    boolean measured() {
        return !demuxer.equals("mpegvideo");
    }

    private static int fourthByte(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(4);
            return head.length < 4 ? 0 : head[3] & 255;
        }
    }
}
