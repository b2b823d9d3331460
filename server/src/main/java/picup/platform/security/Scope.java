package picup.platform.security;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an API key may do, as `ScopeRules` has it path by path. There is none for keys, passwords, sessions, the account
/// or administration: those take a person.
public enum Scope {
    PICTURES_READ("pictures:read"),
    PICTURES_WRITE("pictures:write"),
    ALBUMS_READ("albums:read"),
    ALBUMS_WRITE("albums:write"),
    ACCOUNT_READ("account:read");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findAny();
    }

    /// As a token's `scope` claim has them (RFC 8693, section 4.2): with spaces between.
    public static String claim(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
    }

    /// One that a newer release knows and this one does not gives no right here.
    static Set<Scope> inClaim(String claim) {
        return Arrays.stream(claim.split(" ")).flatMap(text -> of(text).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }
}
