package picup.library.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;
import picup.platform.Problem;

/// What somebody typed, as conditions that all must hold: words, a stretch of time, being a favourite.
///
/// Dates are years, months and days as they are written in figures (`2021`, `2021-03`, `2021.3.5`, `2021년`), and stretches of these
/// (`2019-2021`, `2021-03..2021-05`). A month by its name is a word, which every picture of that month has, so `March 2021`, `2021년 3월` and
/// `March` alone need no grammar.
///
/// @param from inclusive; null without a beginning
/// @param to   exclusive
public record SearchQuery(List<Term> terms, @Nullable LocalDateTime from, @Nullable LocalDateTime to, boolean favourites) {
    /// @param beginning also longer words count that begin so
    record Term(String word, boolean beginning) {}

    private static final int LONGEST_CHARS = 200;
    private static final int MOST_TERMS = 24;

    /// One letter begins a tenth of all words, three digits begin thousands of the names that cameras give.
    private static final int BEGINNING_LETTERS = 2;
    private static final int BEGINNING_DIGITS = 4;

    private static final Set<String> FAVOURITES = Set.of("favourite", "favourites", "favorite", "favorites", "즐겨찾기");

    private static final Pattern STRETCH_WITH_SPACES = Pattern.compile("(?<=[\\d년월일])\\s*(?:\\.\\.+|[~–—])\\s*(?=\\d)");
    /// What cameras call their files goes on to 9999; from 2040 on it is a number.
    private static final String YEAR = "((?:1[89]\\d|20[0-3])\\d)";
    private static final Pattern DATE = Pattern.compile(YEAR + "(?:년|[-./](\\d{1,2})(?:[-./](\\d{1,2}))?)?");
    private static final Pattern YEARS = Pattern.compile(YEAR + "-" + YEAR);
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?");
    private static final Pattern ENDS = Pattern.compile("^[,;.!?]+|[,;.!?]+$");

    /// @throws picup.platform.ProblemException `bad-value` when it is too long, or nothing at all
    public static SearchQuery of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.BAD_VALUE.because("Say in `q` what to look for: words, a place, a camera, a date.");
        }
        if (text.length() > LONGEST_CHARS) {
            throw Problem.BAD_VALUE.because("A search has at most %d characters, but this has %,d.".formatted(LONGEST_CHARS, text.length()));
        }
        var reading = new Reading();
        var tokens = Arrays.stream(STRETCH_WITH_SPACES.matcher(text.replace("\0", " ").strip()).replaceAll("..").split("\\s+"))
                .map(token -> ENDS.matcher(token).replaceAll("")).filter(token -> !token.isEmpty()).toList();
        boolean namesMonth = tokens.stream().anyMatch(SearchQuery::isMonth);
        tokens.forEach(token -> reading.token(token, namesMonth));
        return reading.query();
    }

    /// Of punctuation only.
    public boolean isNothing() {
        return terms.isEmpty() && from == null && to == null && !favourites;
    }

    /// As PostgreSQL reads a `tsquery`; null when no word is asked for.
    @Nullable String words(MemberId owner) {
        if (terms.isEmpty()) {
            return null;
        }
        var words = new StringBuilder(PictureWords.quoted(PictureWords.ofOwner(owner)));
        terms.forEach(term -> words.append(" & ").append(PictureWords.quoted(term.word())).append(term.beginning() ? ":*" : ""));
        return words.toString();
    }

    private static boolean isMonth(String token) {
        var word = token.toLowerCase(Locale.ROOT);
        return word.length() >= 3 && Arrays.stream(Month.values()).anyMatch(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH).toLowerCase(Locale.ROOT).startsWith(word));
    }

    private static final class Reading {
        private final List<Term> terms = new ArrayList<>();
        private @Nullable LocalDateTime from;
        private @Nullable LocalDateTime to;
        private boolean favourites;

        SearchQuery query() {
            return new SearchQuery(List.copyOf(terms), from, to, favourites);
        }

        /// @param beside the name of a month stands somewhere, so a small number is a day
        void token(String token, boolean beside) {
            if (FAVOURITES.contains(token.toLowerCase(Locale.ROOT))) {
                favourites = true;
                return;
            }
            var day = DAY.matcher(token);
            if (token.matches("\\d{1,2}월|\\d{1,2}일")) {
                add(new Term(token.replaceFirst("^0", ""), false));
            } else if (beside && day.matches()) {
                add(new Term(PictureWords.day(Integer.parseInt(day.group(1))), false));
            } else if (!isDate(token)) {
                Words.of(token).forEach(this::word);
            }
        }

        private boolean isDate(String token) {
            var years = YEARS.matcher(token);
            var ends = years.matches() ? List.of(years.group(1), years.group(2)) : List.of(token.split("\\.\\.", 2));
            var first = DATE.matcher(ends.getFirst());
            var last = DATE.matcher(ends.getLast());
            if (!first.matches() || !last.matches()) {
                return false;
            }
            try {
                narrow(begin(first), end(last));
                return true;
            } catch (DateTimeException noSuchDay) {
                return false;
            }
        }

        private static LocalDateTime begin(Matcher date) {
            return LocalDate.of(part(date, 1, 1), part(date, 2, 1), part(date, 3, 1)).atStartOfDay();
        }

        private static LocalDateTime end(Matcher date) {
            var month = YearMonth.of(part(date, 1, 1), part(date, 2, 12));
            return (date.group(3) == null ? month.atEndOfMonth() : month.atDay(part(date, 3, 1))).plusDays(1).atStartOfDay();
        }

        private static int part(Matcher date, int group, int otherwise) {
            return date.group(group) == null ? otherwise : Integer.parseInt(date.group(group));
        }

        /// All must hold, so of two stretches what they have in common.
        private void narrow(LocalDateTime begin, LocalDateTime end) {
            from = from == null || begin.isAfter(from) ? begin : from;
            to = to == null || end.isBefore(to) ? end : to;
        }

        private void word(Words.Word word) {
            var text = word.text();
            add(switch (word.script()) {
                case SPACED -> new Term(Words.cut(text), text.length() >= BEGINNING_LETTERS);
                case DIGITS -> new Term(Words.cut(text), text.length() >= BEGINNING_DIGITS);
                case UNSPACED -> new Term(text.substring(0, text.offsetByCodePoints(0, Math.min(PictureWords.PIECE_CHARS, text.codePointCount(0, text.length())))), true);
            });
        }

        private void add(Term term) {
            if (terms.size() == MOST_TERMS) {
                throw Problem.BAD_VALUE.because("A search has at most %d words.".formatted(MOST_TERMS));
            }
            terms.add(term);
        }
    }
}
