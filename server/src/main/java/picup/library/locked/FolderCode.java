package picup.library.locked;

import java.text.Normalizer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picup.platform.Problem;

/// What opens the folder, in clear, on its way to the hash: digits or words. Normalised as passwords are.
///
/// Six digits are enough, as [Tries] leaves a guesser 154 of a million on the first day and 144 on each that follows.
record FolderCode(String clear) {
    private static final int FEWEST_CHARS = 6;
    private static final int MOST_CHARS = 128;

    FolderCode {
        clear = Normalizer.normalize(clear, Normalizer.Form.NFC);
    }

    /// @throws picup.platform.ProblemException `bad-value`, for what nobody can have chosen
    static FolderCode typed(@Nullable String text) {
        if (text == null || text.length() < FEWEST_CHARS || text.length() > MOST_CHARS) {
            throw Problem.BAD_VALUE.because("The code of the locked folder has %d to %d characters.".formatted(FEWEST_CHARS, MOST_CHARS));
        }
        return new FolderCode(text);
    }

    /// @throws picup.platform.ProblemException `bad-value`, also for what a guesser tries first
    static FolderCode chosen(@Nullable String text) {
        var code = typed(text);
        for (int step = -1; step <= 1; step++) {
            if (code.isRun(step)) {
                throw Problem.BAD_VALUE.because("Guessers try such a code first. Choose one that is neither one character again and again nor a row such as 123456.");
            }
        }
        return code;
    }

    private boolean isRun(int step) {
        return IntStream.range(1, clear.length()).allMatch(at -> clear.charAt(at) == clear.charAt(at - 1) + step);
    }

    @Override
    public String toString() {
        return "FolderCode[hidden]";
    }
}
