package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;

/// HEIC and AVIF: by libheif, whose word on turning and mirroring counts (the container's; EXIF only repeats it, often wrongly).
/// What libheif can't read but something else here can is taken out of the container first.
final class HeifStill {

    private static final String LOADER = "heifload";

    private HeifStill() {}

    static Still open(Path input, Path folder, FileKind kind) throws IOException, Refusal {
        try (FileBytes file = FileBytes.of(input)) {
            HeifHead head = HeifHead.of(file);
            switch (head.codec()) {
                case "jpeg" -> {
                    Path jpeg = folder.resolve("inner.jpg");
                    if (head.copyPrimary(jpeg)) {
                        return JpegStill.open(jpeg);
                    }
                }
                case "unci", "j2k1", "avc1", "vvc1", "evc1" ->
                        throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "nothing here reads " + head.codec() + " inside HEIF");
                default -> { }
            }
            return open(input, head);
        }
    }

    private static Still open(Path input, HeifHead head) throws IOException, Refusal {
        Signal signal = head.signal();
        Still.Source source = Still.Source.of(input, LOADER);
        Renditions.Size size = VipsStill.size(source, false);
        boolean moves = head.trackFrames() > 1;
        if (signal != null && (signal.hdr() || !signal.ordinary() && !size.profile())) {
            source = source.meaning(signal);
        }
        size = size.bright(signal != null && signal.hdr() || head.gainMap());
        return new Still.Plain(moves ? size.moving(head.trackFrames()) : size, source, moves ? Still.Motion.TRACK : Still.Motion.NONE);
    }

    /// Whether a sequence has a track of opacity beside that of colour.
    static boolean trackOfOpacity(Path input) throws IOException {
        try (FileBytes file = FileBytes.of(input)) {
            return HeifHead.of(file).tracks() > 1;
        }
    }
}
