package picup.member;

import java.time.Duration;
import java.time.Instant;

/// What a device holds while it is signed in.
///
/// @param accessToken     goes with every request
/// @param expiresAt       when the access token runs out, in whole seconds as JWTs have them
/// @param accessLifetime  the same, counted from now
/// @param refreshToken    gets the next pair
/// @param refreshLifetime how long the refresh token is good unused
public record OpenSession(String accessToken, Instant expiresAt, Duration accessLifetime, String refreshToken, Duration refreshLifetime) {
    @Override
    public String toString() {
        return "OpenSession[until " + expiresAt + "]";
    }
}
