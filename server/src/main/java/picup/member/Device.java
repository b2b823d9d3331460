package picup.member;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a person would call the thing that is signed in: "Chrome on Linux". Made from the user agent, which anybody can
/// write anything into, so nothing of it is repeated but the plain name of a program that we do not know.
public final class Device {
    /// A part of the text and what it means. Order decides, because a browser also names those it wants to be taken for:
    /// Edge says Chrome and Safari, Chrome says Safari, Android says Linux, an iPad says Mac OS X.
    private record Mark(String text, String name) {}

    private static final List<Mark> PROGRAMS = List.of(
            new Mark("Edg/", "Edge"), new Mark("EdgA/", "Edge"), new Mark("EdgiOS/", "Edge"), new Mark("OPR/", "Opera"),
            new Mark("SamsungBrowser/", "Samsung Internet"), new Mark("Whale/", "Whale"), new Mark("Vivaldi/", "Vivaldi"),
            new Mark("Firefox/", "Firefox"), new Mark("FxiOS/", "Firefox"), new Mark("CriOS/", "Chrome"),
            new Mark("Chrome/", "Chrome"), new Mark("Chromium/", "Chrome"), new Mark("Safari/", "Safari"));

    private static final List<Mark> SYSTEMS = List.of(
            new Mark("iPhone", "iPhone"), new Mark("iPad", "iPad"), new Mark("Android", "Android"), new Mark("CrOS", "ChromeOS"),
            new Mark("Windows", "Windows"), new Mark("Macintosh", "Mac"), new Mark("Linux", "Linux"));

    /// A product as RFC 9110, section 10.1.5 has it, shorter and with fewer characters: `curl/8.14`.
    private static final Pattern PRODUCT = Pattern.compile("([A-Za-z][A-Za-z0-9._-]{0,39})(?:[/ ].*)?", Pattern.DOTALL);
    /// What every browser calls itself first, which says nothing.
    private static final String ANY_BROWSER = "Mozilla";

    private Device() {}

    /// Empty when the text names nothing.
    public static Optional<String> named(String userAgent) {
        var program = first(PROGRAMS, userAgent).or(() -> product(userAgent));
        var system = first(SYSTEMS, userAgent);
        if (program.isPresent() && system.isPresent()) {
            return Optional.of(program.get() + " on " + system.get());
        }
        return program.or(() -> system);
    }

    private static Optional<String> first(List<Mark> marks, String userAgent) {
        return marks.stream().filter(mark -> userAgent.contains(mark.text)).map(Mark::name).findFirst();
    }

    private static Optional<String> product(String userAgent) {
        var product = PRODUCT.matcher(userAgent);
        return product.matches() && !product.group(1).equals(ANY_BROWSER) ? Optional.of(product.group(1)) : Optional.empty();
    }
}
