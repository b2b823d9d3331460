package picup.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What became of all files, for the end.
final class Report {
    private static final int MOST_NAMED = 200;

    private record Named(Path file, String reason) {}

    private final List<Named> refused = new ArrayList<>();
    private final List<Named> failed = new ArrayList<>();
    private int added;
    private int alreadyThere;
    private int sidecars;
    private int inTrash;
    private int deletedBefore;

    synchronized void count(Path file, Outcome outcome) {
        switch (outcome) {
            case Outcome.Added() -> added++;
            case Outcome.AlreadyThere() -> alreadyThere++;
            case Outcome.Sidecar() -> sidecars++;
            case Outcome.InTrash() -> inTrash++;
            case Outcome.DeletedBefore() -> deletedBefore++;
            case Outcome.Refused(var reason) -> refused.add(new Named(file, reason));
            case Outcome.Failed(var reason) -> failed.add(new Named(file, reason));
        }
    }

    synchronized boolean allWell() {
        return failed.isEmpty();
    }

    /// @param root names are shown relative to it
    synchronized void print(PrintStream out, Path root, int skipped) {
        out.println(Text.ADDED.with(added));
        out.println(Text.ALREADY_THERE.with(alreadyThere));
        unlessNone(out, Text.SIDECARS, sidecars);
        unlessNone(out, Text.IN_TRASH, inTrash);
        unlessNone(out, Text.DELETED_BEFORE, deletedBefore);
        unlessNone(out, Text.SKIPPED, skipped);
        list(out, Text.REFUSED, refused, root);
        list(out, Text.FAILED, failed, root);
        if (!failed.isEmpty()) {
            out.println(Text.TRY_AGAIN.with());
        }
    }

    private static void unlessNone(PrintStream out, Text text, int count) {
        if (count > 0) {
            out.println(text.with(count));
        }
    }

    private static void list(PrintStream out, Text title, List<Named> files, Path root) {
        if (files.isEmpty()) {
            return;
        }
        out.println(title.with(files.size()));
        files.stream().limit(MOST_NAMED).forEach(each -> out.println("  " + printable(root.relativize(each.file()).toString()) + ": " + printable(each.reason())));
        if (files.size() > MOST_NAMED) {
            out.println(Text.AND_MORE.with(files.size() - MOST_NAMED));
        }
    }

    /// A name may hold control characters, with which a stranger's file would write on our terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "�");
    }
}
