package picup.decoder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a video wraps around the viewer: "Spherical Video V1" and "V2" (github.com/google/spatial-media) of MP4, MOV and
/// Matroska. ffprobe finds both, but of V1 not which part of the sphere is covered.
final class SphericalVideo {

    private static final byte[] V1 = HexFormat.of().parseHex("ffcc8263f8554a938814587a02521fdd");
    private static final int MAX_XML_BYTES = 64 << 10;

    private SphericalVideo() {}

    /// Cube maps and fisheyes are spheres, too, but not of a kind that is shown as one here.
    static Facts.@Nullable Panorama panorama(VideoFile file, Probe probe) throws IOException {
        Map<String, String> sphere = probe.sphere();
        String projection = sphere.getOrDefault("projection", "");
        int width = probe.picture().width();
        int height = probe.picture().height();
        if (projection.equals("tiled equirectangular")) {
            long left = bound(sphere, "bound_left");
            long top = bound(sphere, "bound_top");
            return panorama(width + left + bound(sphere, "bound_right"), height + top + bound(sphere, "bound_bottom"), left, top);
        }
        if (!projection.equals("equirectangular")) {
            return null;
        }
        Facts.Panorama whole = panorama(width, height, 0, 0);
        Facts.Panorama part = file.demuxer().equals("mov") ? v1(file).map(SphericalVideo::part).orElse(null) : null;
        return part == null ? whole : part;
    }

    private static Facts.@Nullable Panorama part(String xml) {
        long fullWidth = number(xml, "FullPanoWidthPixels");
        long fullHeight = number(xml, "FullPanoHeightPixels");
        return fullWidth < 1 || fullHeight < 1 ? null
                : panorama(fullWidth, fullHeight, Math.max(0, number(xml, "CroppedAreaLeftPixels")), Math.max(0, number(xml, "CroppedAreaTopPixels")));
    }

    private static Facts.@Nullable Panorama panorama(long fullWidth, long fullHeight, long left, long top) {
        boolean possible = fullWidth <= Integer.MAX_VALUE && fullHeight <= Integer.MAX_VALUE && left < fullWidth && top < fullHeight;
        return possible
                ? new Facts.Panorama(Facts.Panorama.Projection.EQUIRECTANGULAR, (int) fullWidth, (int) fullHeight, (int) left, (int) top, null)
                : null;
    }

    private static Optional<String> v1(VideoFile file) throws IOException {
        try (Boxes boxes = new Boxes(file.path())) {
            for (Boxes.Box movie : named(boxes.top(), "moov")) {
                for (Boxes.Box track : named(boxes.in(movie), "trak")) {
                    for (Boxes.Box extension : named(boxes.in(track), "uuid")) {
                        byte[] content = boxes.content(extension, MAX_XML_BYTES);
                        if (content.length > V1.length && Arrays.equals(content, 0, V1.length, V1, 0, V1.length)) {
                            return Optional.of(new String(content, V1.length, content.length - V1.length, StandardCharsets.UTF_8));
                        }
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static List<Boxes.Box> named(List<Boxes.Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type().equals(type)).toList();
    }

    private static long number(String xml, String name) {
        Matcher m = Pattern.compile("<GSpherical:" + name + ">\\s*(\\d{1,9})\\s*<").matcher(xml);
        return m.find() ? Long.parseLong(m.group(1)) : -1;
    }

    private static long bound(Map<String, String> sphere, String name) {
        return (long) Math.clamp(Probe.number(sphere, name), 0.0, Integer.MAX_VALUE);
    }
}
