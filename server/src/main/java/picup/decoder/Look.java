package picup.decoder;

/// Filters of ffmpeg that make of the frames of a video what an ordinary screen is to show: whole frames, square pixels,
/// the colours of BT.709. ffmpeg itself has turned them upright before.
record Look(PictureTrack track) {

    /// Diffuse white, in nits, where pictures may be brighter (ITU-R BT.2408, 2.1). It becomes 1, and what is brighter is bent
    /// below the brightest that a screen of a thousand nits shows, by a curve that leaves everything below half as it is.
    private static final int WHITE_NITS = 203;
    private static final String TONE_MAP = "tonemap=mobius:param=0.5:desat=0:peak=" + 1000.0 / WHITE_NITS;

    /// From there on, whoever says nothing about colours means those of high definition (what Chromium and mpv assume, too).
    private static final int HIGH_DEFINITION_PX = 720;

    /// For H.264 in 8 bits.
    String playable(int shortSidePx) {
        return track.hdr() || track.wide()
                ? wholeFrames() + "scale=" + size(shortSidePx) + ",setsar=1," + narrow("r=tv:m=bt709") + ",format=yuv420p"
                : wholeFrames() + "scale=" + size(shortSidePx) + matrix("bt709") + ":out_range=tv,setsar=1,format=yuv420p";
    }

    /// For JPEG, whose colours are those of BT.601 at full range (JFIF 1.02). One of ten frames is chosen, scaled first:
    /// the filter keeps the frames it chooses from.
    String poster(int shortSidePx) {
        return track.hdr() || track.wide()
                ? wholeFrames() + "scale=" + size(shortSidePx) + ",setsar=1,thumbnail=n=10," + narrow("r=pc:m=bt470bg") + ",format=yuvj420p"
                : wholeFrames() + "scale=" + size(shortSidePx) + matrix("bt601") + ":out_range=pc,setsar=1,format=yuvj420p,thumbnail=n=10";
    }

    /// By what the frames say of themselves: what is woven in a film need not be so all along.
    private String wholeFrames() {
        return track.perhapsInterlaced() ? "bwdif=mode=send_frame:deint=interlaced," : "";
    }

    /// Even, as 4:2:0 needs it. The size is said outright, because ffmpeg's own rules don't know of pixels that aren't square.
    private String size(int shortSidePx) {
        double scale = Math.min(1, (double) shortSidePx / Math.min(track.width(), track.height()));
        return even(track.width() * scale) + ":" + even(track.height() * scale);
    }

    private static long even(double px) {
        return Math.max(2, Math.round(px / 2) * 2);
    }

    private String matrix(String out) {
        String in = switch (track.matrix()) {
            case "bt709", "smpte240m", "fcc" -> track.matrix();
            case "smpte170m", "bt470bg" -> "bt601";
            case "bt2020nc", "bt2020c" -> "bt2020";
            default -> Math.min(track.width(), track.height()) >= HIGH_DEFINITION_PX ? "bt709" : "bt601";
        };
        return ":in_color_matrix=" + in + ":out_color_matrix=" + out;
    }

    /// From all colours there are to those of BT.709, in linear light. What the file doesn't say is what all cameras do; it is
    /// set on the frames, because zimg converts to what it doesn't know as little as from it.
    private String narrow(String out) {
        String in = "setparams=color_primaries=" + (track.primaries().equals("unknown") ? "bt2020" : track.primaries())
                + ":colorspace=" + (track.matrix().startsWith("bt") ? track.matrix() : "bt2020nc")
                + ":color_trc=" + (track.hdr() ? track.transfer() : "bt709");
        return track.hdr()
                ? in + ",zscale=t=linear:npl=" + WHITE_NITS + ",format=gbrpf32le,zscale=p=bt709," + TONE_MAP + ",zscale=t=bt709:" + out
                : in + ",zscale=t=linear,format=gbrpf32le,zscale=p=bt709,zscale=t=bt709:" + out;
    }
}
