import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What was measured: on the screen at once, in a file at the end.
final class Results {
    private final StringBuilder text = new StringBuilder();
    private final Path folder;
    private final List<String> sections;
    private final boolean whole;

    /// @param whole whether these are all the sections there are
    Results(Path folder, List<String> sections, boolean whole) {
        this.whole = whole;
        this.folder = folder;
        this.sections = sections;
    }

    void say(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    void table(String... heads) {
        row((Object[]) heads);
        say("|" + " --- |".repeat(heads.length));
    }

    void row(Object... cells) {
        var line = new StringBuilder("|");
        for (var cell : cells) {
            line.append(' ').append(cell instanceof Double number ? number(number) : cell).append(" |");
        }
        say(line.toString());
    }

    /// Three digits that mean something.
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    /// @param part 0.5 for the median, 0.95 for the 95th percentile
    static double percentile(double[] values, double part) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }

    static double median(double[] values) {
        return percentile(values, 0.5);
    }

    /// A run of some sections does not replace the day's whole run.
    void save() throws IOException {
        var name = LocalDate.now() + (whole ? "" : "-" + String.join("-", sections)) + ".md";
        Files.writeString(Files.createDirectories(folder).resolve(name), text);
        System.out.println("\nKept in bench/results/" + name);
    }
}
