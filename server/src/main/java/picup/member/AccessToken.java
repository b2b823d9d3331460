package picup.member;

import java.time.Instant;

/// @param expiresAt in whole seconds, as JWTs have them
public record AccessToken(String text, Instant expiresAt) {
    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
