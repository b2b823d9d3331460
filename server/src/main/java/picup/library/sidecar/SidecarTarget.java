package picup.library.sidecar;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.library.Stem;

/// Which picture a sidecar speaks of, by its name. Nothing here looks into files.
///
/// | sidecar | its picture |
/// |---|---|
/// | `IMG_1.jpg.xmp` (digiKam, darktable) | `IMG_1.jpg` |
/// | `IMG_1.xmp` (Lightroom, Camera Raw) | `IMG_1.CR2`, `IMG_1.jpg` |
/// | `IMG_1.jpg.json`, `IMG_1.json` (Takeout) | `IMG_1.jpg` |
/// | `IMG_1.jpg.supplemental-metadata.json`, or the beginning of that word | `IMG_1.jpg` |
/// | `IMG_1.jpg(1).json`, `IMG_1.jpg.supplemental-metadata(1).json` | `IMG_1(1).jpg` |
/// | `a name of 46 characters, which ends somewh.json` | what begins so |
/// | `IMG_1.jpg.json` | `IMG_1-edited.jpg` as well |
///
/// @param text    lower case, composed: the name of the picture, without its ending or cut as the case may be
/// @param counter that the picture's name has before its ending, as `(1)`; empty for none
/// @param cut     whether the text is only a beginning
record SidecarTarget(FileKind kind, String text, String counter, boolean cut) {

    /// How well a name fits, the best first.
    enum Fit { NAME, TITLE, STEM, BEGINNING, EDITED }

    /// Takeout's names have 51 characters at most, `.json` among them.
    private static final int CUT_CHARS = 46;

    private static final String SUPPLEMENT = "supplemental-metadata";
    private static final Pattern COUNTER = Pattern.compile("^(.+?)(\\(\\d{1,4}\\))$");

    /// What Google Photos adds to the name of an edited copy, by the language of its owner.
    private static final Set<String> EDITED = Set.of("-edited", "-effects", "-smile", "-mix", "-animation", "-collage", "-bearbeitet", "-modifié", "-editado",
            "-editada", "-ha editado", "-editat", "-modificato", "-bewerkt", "-edytowane", "-redigerad", "-redigeret", "-muokattu", "-upraveno",
            "-編集済み", "-수정됨", "-已修改", "-已編輯");

    static SidecarTarget of(FileKind kind, String fileName) {
        var name = folded(fileName);
        if (kind == FileKind.XMP) {
            return new SidecarTarget(kind, without(name, ".xmp"), "", false);
        }
        var base = without(name, ".json");
        var counted = COUNTER.matcher(base);
        var counter = "";
        if (counted.matches()) {
            base = counted.group(1);
            counter = counted.group(2);
        }
        var whole = withoutSupplement(base);
        boolean cut = whole.equals(base) && base.length() >= CUT_CHARS;
        return new SidecarTarget(kind, whole, counter, cut);
    }

    private static String without(String name, String ending) {
        return name.endsWith(ending) && name.length() > ending.length() ? name.substring(0, name.length() - ending.length()) : name;
    }

    private static String withoutSupplement(String base) {
        int dot = base.lastIndexOf('.');
        return dot > 0 && SUPPLEMENT.startsWith(base.substring(dot + 1)) ? base.substring(0, dot) : base;
    }

    /// By which the sidecar is looked up: the name of its picture, or as much of it as is known.
    String key() {
        return cut ? text : withCounter(text, counter);
    }

    /// The name that its content knows, where that is another.
    ///
    /// @param title as the sidecar has it: the counter is not in it
    @Nullable String titleKey(@Nullable String title) {
        var key = title == null ? null : withCounter(folded(title), counter);
        return key == null || key.equals(key()) ? null : key;
    }

    private static String withCounter(String name, String counter) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name + counter : name.substring(0, dot) + counter + name.substring(dot);
    }

    /// @param titleKey of [#titleKey]
    /// @return null when it speaks of another
    @Nullable Fit fits(String pictureName, @Nullable String titleKey) {
        var name = folded(pictureName);
        var fit = fitsName(name, titleKey);
        if (fit != null || kind != FileKind.TAKEOUT) {
            return fit;
        }
        var unedited = unedited(name);
        return unedited != null && fitsName(unedited, titleKey) != null ? Fit.EDITED : null;
    }

    private @Nullable Fit fitsName(String name, @Nullable String titleKey) {
        if (name.equals(key())) {
            return Fit.NAME;
        }
        if (name.equals(titleKey)) {
            return Fit.TITLE;
        }
        if (!cut && stem(name).equals(key())) {
            return Fit.STEM;
        }
        return cut && beginning(name) ? Fit.BEGINNING : null;
    }

    /// The picture's counter stands before its ending, and was not counted when the name was cut.
    private boolean beginning(String name) {
        if (counter.isEmpty()) {
            return name.startsWith(text);
        }
        return name.startsWith(text) && stem(name).endsWith(counter);
    }

    /// The stems ([Stem]) of the names of pictures that may fit, as far as they can be told.
    List<String> stems(@Nullable String titleKey) {
        var stems = new LinkedHashSet<String>();
        for (var key : titleKey == null ? List.of(key()) : List.of(key(), titleKey)) {
            stems.add(key);
            stems.add(stem(key));
        }
        if (kind == FileKind.TAKEOUT) {
            for (var stem : List.copyOf(stems)) {
                var counted = COUNTER.matcher(stem);
                var bare = counted.matches() ? counted.group(1) : stem;
                EDITED.forEach(each -> stems.add(bare + each + counter));
            }
        }
        List.copyOf(stems).forEach(each -> stems.add(Stem.shortened(each)));
        return List.copyOf(stems);
    }

    /// What a sidecar of this picture may have as [#key] or [#titleKey].
    static List<String> keysOf(String pictureName) {
        var name = folded(pictureName);
        var keys = new LinkedHashSet<String>();
        add(keys, name);
        var unedited = unedited(name);
        if (unedited != null) {
            add(keys, unedited);
        }
        return List.copyOf(keys);
    }

    private static void add(Set<String> keys, String name) {
        keys.add(name);
        keys.add(stem(name));
        for (int length = CUT_CHARS; length <= Math.min(name.length(), CUT_CHARS + 4); length++) {
            keys.add(name.substring(0, length));
        }
    }

    /// The name of what was edited, where the name says that something was.
    private static @Nullable String unedited(String name) {
        var stem = stem(name);
        var ending = name.substring(stem.length());
        var counted = COUNTER.matcher(stem);
        var counter = counted.matches() ? counted.group(2) : "";
        var bare = counted.matches() ? counted.group(1) : stem;
        return EDITED.stream().filter(each -> bare.endsWith(each) && bare.length() > each.length()).findFirst()
                .map(each -> bare.substring(0, bare.length() - each.length()) + counter + ending).orElse(null);
    }

    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
