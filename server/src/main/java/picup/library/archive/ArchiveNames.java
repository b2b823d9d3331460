package picup.library.archive;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import picup.library.Picture;
import picup.library.sidecar.Sidecar;

/// Gives every picture a name that a person recognises, that Windows, macOS and Linux can all have, and that no other file
/// of the archive has, whatever its case or Unicode form: `2008/10/IMG_0001.jpg`.
///
/// Which names were given is remembered in a Bloom filter, so that memory does not grow with the library. Where it is wrong
/// (3 in 100 names at a million pictures) a name gets a part of the digest that it would not have needed.
final class ArchiveNames {
    private static final int BITS = 1 << 25; // 4 MB
    private static final int HASHES = 4;
    private static final int LONGEST_BYTES = 180; // leaves room for the digest and a second extension within 255
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private final BitSet given = new BitSet(BITS);

    /// The path of the original; its two companions add `.json` and `.xmp`.
    String of(Picture picture) {
        var taken = picture.takenAt();
        var folder = "%s%04d/%02d/".formatted(picture.trashed() ? "Trash/" : "", taken.getYear(), taken.getMonthValue());
        var name = safe(picture.fileName());
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            dot = name.length();
            name = name + "." + picture.kind().extension();
        }
        var stem = folder + name.substring(0, dot);
        var extension = name.substring(dot);
        for (var suffix : new String[] {"", " (" + picture.digest().hex().substring(0, 8) + ")"}) {
            var path = stem + suffix + extension;
            if (take(path)) {
                return path;
            }
        }
        return stem + " (" + picture.id() + ")" + extension;
    }

    /// The path of a file beside a picture: under its own name, so not beside it here, where what Picup knows has that name.
    ///
    /// @param folder of its picture in the archive, with the slash; `waiting/` without one
    String ofSidecar(Sidecar sidecar, String folder) {
        var name = safe(sidecar.fileName());
        var stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        for (var suffix : new String[] {"", " (" + sidecar.digest().hex().substring(0, 8) + ")"}) {
            var path = "Sidecars/" + folder + stem + suffix + name.substring(stem.length());
            if (take(path)) {
                return path;
            }
        }
        return "Sidecars/" + folder + stem + " (" + sidecar.id() + ")" + name.substring(stem.length());
    }

    private boolean take(String path) {
        var folded = fold(path);
        var all = new String[] {folded, folded + ".json", folded + ".xmp"};
        for (var each : all) {
            if (mayBeGiven(each)) {
                return false;
            }
        }
        for (var each : all) {
            long hash = hash(each);
            for (int i = 0; i < HASHES; i++) {
                given.set(bit(hash, i));
            }
        }
        return true;
    }

    private boolean mayBeGiven(String folded) {
        long hash = hash(folded);
        for (int i = 0; i < HASHES; i++) {
            if (!given.get(bit(hash, i))) {
                return false;
            }
        }
        return true;
    }

    /// Double hashing (Kirsch and Mitzenmacher, 2006).
    private static int bit(long hash, int i) {
        return (int) (hash + i * (hash >>> 32 | 1)) & BITS - 1;
    }

    /// FNV-1a, and its bits mixed as SplitMix64 does.
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    private static String fold(String path) {
        return Normalizer.normalize(path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /// Without what one of the systems forbids: `<>:"/\|?*`, control characters, dots and spaces at the ends, names of devices.
    static String safe(String fileName) {
        var name = Normalizer.normalize(fileName, Normalizer.Form.NFC).codePoints()
                .map(each -> each < 0x20 || each == 0x7f || "<>:\"/\\|?*".indexOf(each) >= 0 ? '_' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        name = shortened(name).replaceAll("[. ]+$", "").replaceAll("^[. ]+", "");
        if (name.isEmpty()) {
            return "unnamed";
        }
        int dot = name.indexOf('.');
        var device = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return RESERVED.contains(device) ? "_" + name : name;
    }

    /// The end says what it is, so the middle goes.
    private static String shortened(String name) {
        if (bytes(name) <= LONGEST_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 && bytes(name.substring(dot)) <= 16 ? name.substring(dot) : "";
        var stem = name.substring(0, name.length() - extension.length());
        while (bytes(stem) + bytes(extension) > LONGEST_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem.strip() + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
