package picup.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON (RFC 8259) strictly. Written here because a decoder's class path is kept small, and because of the limits: what a
/// sidecar or ExifTool has to say is flat and short.
final class JsonReader {

    /// ExifTool's structures and Takeout's are four deep.
    private static final int MAX_DEPTH = 24;

    private static final int MAX_VALUES = 100_000;

    private final String text;
    private int at;
    private int values;

    private JsonReader(String text) {
        this.text = text;
    }

    /// @throws Refusal `UNREADABLE` when it isn't JSON, or too much of it
    static Json read(String text) throws Refusal {
        JsonReader reader = new JsonReader(text.startsWith("\ufeff") ? text.substring(1) : text);
        Json value = reader.value(0);
        reader.skipBlanks();
        if (value == null || reader.at < reader.text.length()) {
            throw reader.broken("more than one value, or none");
        }
        return value;
    }

    /// @return none for `null`
    private @Nullable Json value(int depth) throws Refusal {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw broken("too deep, or too many values");
        }
        skipBlanks();
        return switch (next()) {
            case '{' -> fields(depth);
            case '[' -> items(depth);
            case '"' -> new Json.Text(string());
            default -> literal();
        };
    }

    private Json fields(int depth) throws Refusal {
        Map<String, Json> fields = new LinkedHashMap<>();
        skipBlanks();
        if (peek() == '}') {
            at++;
            return new Json.Fields(fields);
        }
        while (true) {
            skipBlanks();
            expect('"');
            String name = string();
            skipBlanks();
            expect(':');
            Json value = value(depth + 1);
            if (value != null) {
                fields.putIfAbsent(name, value);
            }
            skipBlanks();
            if (end('}')) {
                return new Json.Fields(fields);
            }
        }
    }

    private Json items(int depth) throws Refusal {
        List<Json> items = new ArrayList<>();
        skipBlanks();
        if (peek() == ']') {
            at++;
            return new Json.Items(items);
        }
        while (true) {
            Json value = value(depth + 1);
            if (value != null) {
                items.add(value);
            }
            skipBlanks();
            if (end(']')) {
                return new Json.Items(items);
            }
        }
    }

    /// Whether this was the last one: else a comma must follow.
    private boolean end(char bracket) throws Refusal {
        char c = next();
        if (c != ',' && c != bracket) {
            throw broken("neither a comma nor " + bracket);
        }
        return c == bracket;
    }

    private String string() throws Refusal {
        StringBuilder string = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw broken("a control character in a string");
            }
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() throws Refusal {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex(next()) << 12 | hex(next()) << 8 | hex(next()) << 4 | hex(next()));
            default -> throw broken("an unknown escape");
        };
    }

    private int hex(char c) throws Refusal {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw broken("an escape without four digits");
        }
        return digit;
    }

    private @Nullable Json literal() throws Refusal {
        int from = at - 1;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String literal = text.substring(from, at);
        if (literal.equals("null")) {
            return null;
        }
        // One step after the other, without a choice to come back to: no number is long enough to make this slow.
        boolean number = literal.matches("-?(0|[1-9][0-9]*+)([.][0-9]++)?+([eE][-+]?[0-9]++)?+");
        if (!number && !literal.equals("true") && !literal.equals("false")) {
            throw broken("neither a number nor a truth");
        }
        return new Json.Text(literal);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private char next() throws Refusal {
        if (at >= text.length()) {
            throw broken("it ends in the middle");
        }
        return text.charAt(at++);
    }

    private void expect(char wanted) throws Refusal {
        if (next() != wanted) {
            throw broken("no " + wanted);
        }
    }

    private Refusal broken(String what) {
        return new Refusal(DecodeAnswer.Reason.UNREADABLE, "not JSON at character " + at + ": " + what);
    }
}
