package picup.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picup.platform.Ids;

/// User names for somebody who has not chosen one: what they are called elsewhere, else what they call themselves, with a number behind it
/// where somebody was first.
final class SuggestedNames {
    private static final String LAST_RESORT = "member";
    private static final int NUMBERED = 20;
    /// Leaves room for what is put behind it.
    private static final int MAX_CODE_POINTS = Username.MAX_CODE_POINTS - 14;
    private static final int RANDOM_DIGITS = 8;

    private SuggestedNames() {}

    /// Never empty, best first; the last one is most likely nobody's.
    static List<Username> of(@Nullable String preferred, @Nullable String displayName) {
        String base = usable(preferred == null ? null : withoutDomain(preferred), usable(displayName, LAST_RESORT));
        var names = new ArrayList<Username>();
        names.add(Username.of(base));
        for (int number = 2; number <= NUMBERED; number++) {
            names.add(Username.of(base + "-" + number));
        }
        String random = Ids.next().toString().replace("-", "");
        names.add(Username.of(base + "-" + random.substring(random.length() - RANDOM_DIGITS)));
        return names;
    }

    private static String usable(@Nullable String wish, String otherwise) {
        if (wish == null) {
            return otherwise;
        }
        var cut = new StringBuilder();
        wish.strip().codePoints().limit(MAX_CODE_POINTS).forEach(cut::appendCodePoint);
        try {
            String shown = Username.of(cut.toString().strip().toLowerCase(Locale.ROOT)).shown();
            return shown.codePointCount(0, shown.length()) <= MAX_CODE_POINTS ? shown : otherwise;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    private static String withoutDomain(String name) {
        int at = name.indexOf('@');
        return at > 0 ? name.substring(0, at) : name;
    }
}
