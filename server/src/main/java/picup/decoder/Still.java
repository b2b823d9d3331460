package picup.decoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A picture whose header has been read. Its pixels cost something and are asked for only when something is made of them.
interface Still {

    /// As shown.
    Renditions.Size size();

    Source source() throws Refusal, IOException, InterruptedException;

    /// How the frames of an animation are read.
    default Motion motion() {
        return Motion.NONE;
    }

    enum Motion {
        NONE,
        /// As pages, by libvips: GIF, WebP.
        PAGES,
        /// By ffmpeg, from PNG.
        APNG,
        /// By ffmpeg, from the track of an AVIF or HEIC sequence.
        TRACK
    }

    /// Where libvips gets the pixels from.
    ///
    /// @param loader      the one operation of libvips that may open the file
    /// @param arguments   of the loader
    /// @param orientation 1 to 8 where the file doesn't say it itself, else 0
    /// @param profile     ICC, where the loader doesn't find it itself
    /// @param signal      what the numbers mean, where no profile says so
    record Source(Path file, String loader, Map<String, Object> arguments, int orientation, byte @Nullable [] profile, @Nullable Signal signal) {

        static Source of(Path file, String loader) {
            return new Source(file, loader, Map.of(), 0, null, null);
        }

        Source turned(int orientation) {
            return new Source(file, loader, arguments, orientation, profile, signal);
        }

        Source meaning(@Nullable Signal signal) {
            return new Source(file, loader, arguments, orientation, profile, signal);
        }

        Source coloured(byte @Nullable [] profile) {
            return new Source(file, loader, arguments, orientation, profile, signal);
        }

        VipsImage load(Map<String, Object> more) throws Vips.Failure {
            Vips.Operation load = Vips.operation(loader).set("filename", file).set("fail-on", "none");
            arguments.forEach(load::set);
            more.forEach(load::set);
            VipsImage image = load.image();
            if (orientation == 0 && profile == null) {
                return image;
            }
            // What an operation gave out may be shared, and isn't to be written to.
            try (image) {
                VipsImage copy = Vips.operation("copy").set("in", image).image();
                if (orientation != 0) {
                    copy.setHeader("orientation", orientation);
                }
                if (profile != null) {
                    copy.setHeader("icc-profile-data", profile);
                }
                return copy;
            }
        }
    }

    /// A picture that libvips opens as it lies there.
    record Plain(Renditions.Size size, Source source, Motion motion) implements Still {
        @Override
        public Source source() {
            return source;
        }
    }
}
