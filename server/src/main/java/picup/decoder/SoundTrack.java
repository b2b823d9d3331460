package picup.decoder;

import java.util.Map;
import java.util.Set;

/// The sound of a video, as ffprobe describes it.
///
/// @param index of the stream in the file
/// @param first whether a player that knows nothing of several tracks takes this one
/// @param codec as ffmpeg names it: `aac`, `pcm_s16le`, `amr_nb`
record SoundTrack(int index, boolean first, String codec, String profile, int channels) {

    /// The other profiles of AAC are for broadcasters.
    private static final Set<String> COMMON_PROFILES = Set.of("LC", "HE-AAC", "HE-AACv2", "unknown");

    static SoundTrack of(int index, boolean first, Map<String, String> stream) {
        return new SoundTrack(index, first, stream.getOrDefault("codec_name", "unknown"), stream.getOrDefault("profile", "unknown"),
                (int) Math.clamp(Probe.number(stream, "channels"), 1, 64));
    }

    /// Newer phones record a second track that describes a space; nothing here decodes it.
    boolean known() {
        return !codec.equals("unknown") && !codec.equals("none");
    }

    boolean playsEverywhere() {
        return codec.equals("aac") && COMMON_PROFILES.contains(profile) || codec.equals("mp3");
    }
}
