package picup.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the person asked for.
///
/// @param user     null: to be asked for
/// @param password null: to be asked for
/// @param apiKey   counts instead of both when it is there
/// @param parallel uploads at a time. Four keep a disk and a home network busy; more only queue at the server
/// @param again    bring back what was deleted for good
record Options(Path folder, URI server, @Nullable String user, @Nullable String password, @Nullable String apiKey, int parallel, boolean again) {
    private static final int MOST_PARALLEL = 32;

    /// A command that cannot be understood; the message is for the person.
    static final class Misunderstood extends RuntimeException {
        Misunderstood(String message) {
            super(message, null, false, false);
        }
    }

    /// @throws Misunderstood with what to write instead
    static Options parse(List<String> words, Map<String, String> environment) {
        Path folder = null;
        var server = environment.getOrDefault("PICUP_SERVER", "http://localhost:8080");
        String user = environment.get("PICUP_USER");
        String password = environment.get("PICUP_PASSWORD");
        String apiKey = environment.get("PICUP_API_KEY");
        int parallel = 4;
        boolean again = false;
        for (var rest = new ArrayDeque<>(words); !rest.isEmpty(); ) {
            var word = rest.removeFirst();
            int equals = word.indexOf('=');
            if (word.startsWith("--") && equals > 0) {
                rest.addFirst(word.substring(equals + 1));
                word = word.substring(0, equals);
            }
            switch (word) {
                case "--server" -> server = value(word, rest);
                case "--user" -> user = value(word, rest);
                case "--password-file" -> password = secretIn(value(word, rest));
                case "--key-file" -> apiKey = secretIn(value(word, rest));
                case "--parallel" -> parallel = parallel(value(word, rest));
                case "--again" -> again = true;
                default -> {
                    if (word.startsWith("--") || folder != null) {
                        throw new Misunderstood(Text.UNKNOWN_OPTION.with(word) + "\n" + Text.USAGE.with());
                    }
                    folder = Path.of(word);
                }
            }
        }
        if (folder == null) {
            throw new Misunderstood(Text.USAGE.with());
        }
        if (!Files.isDirectory(folder)) {
            throw new Misunderstood(Text.NO_FOLDER.with(folder));
        }
        return new Options(folder.toAbsolutePath().normalize(), address(server), user, password, apiKey, parallel, again);
    }

    private static String value(String option, ArrayDeque<String> rest) {
        if (rest.isEmpty()) {
            throw new Misunderstood(Text.NEEDS_VALUE.with(option));
        }
        return rest.removeFirst();
    }

    private static int parallel(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_PARALLEL) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Misunderstood(Text.BAD_PARALLEL.with(text));
    }

    /// The line break at the end that every editor adds is no part of a password or key.
    private static String secretIn(String file) {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new Misunderstood(Text.UNREADABLE_SECRET.with(file));
        }
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text.replaceFirst("/+$", ""));
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme())) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Misunderstood(Text.BAD_SERVER.with(text));
    }

    @Override
    public String toString() {
        return "Options[" + folder + " → " + server + "]"; // never the password
    }
}
