package picup.member.oidc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the browser goes after a sign-in: a screen of ours, and nowhere else. Whatever else is asked for leads to the timeline, because a link
/// that looks like Picup and ends elsewhere is what a phisher needs.
final class ReturnPath {
    static final String HOME = "/";
    private static final int MAX_CHARS = 2_000;
    /// One slash, then visible ASCII without a backslash, which browsers take for a slash; controls they leave out.
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!-~&&[^\\\\]]*");
    /// The same once decoded, in case somebody on the way decodes. Other letters may be there then.
    private static final Pattern LOCAL_DECODED = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]*");

    private ReturnPath() {}

    static String of(@Nullable String asked) {
        if (asked == null || asked.length() > MAX_CHARS || !LOCAL.matcher(asked).matches() || asked.startsWith("/api/")) {
            return HOME;
        }
        String path = asked.split("[?#]", 2)[0];
        try {
            return LOCAL_DECODED.matcher(URLDecoder.decode(path, StandardCharsets.UTF_8)).matches() ? asked : HOME;
        } catch (IllegalArgumentException e) {
            return HOME;
        }
    }
}
