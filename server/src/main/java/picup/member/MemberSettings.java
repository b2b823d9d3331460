package picup.member;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import picup.platform.security.EndedSessions;

/// How long people stay signed in.
///
/// @param accessTokenLifetime how long a token is good without asking anybody; also how long a process that did not
///                            hear of a sign-out still honours it
/// @param sessionLifetime     how long a device may stay away before it must sign in again
/// @param rotationGrace       how long the token before the last rotation still gets the answer of that rotation, see
///                            [RefreshSession]
/// @param sessionsPerMember   one more, and the one that was away the longest ends
@ConfigurationProperties(prefix = "picup.member", ignoreUnknownFields = false)
record MemberSettings(
        @DefaultValue("10m") Duration accessTokenLifetime,
        @DefaultValue("60d") Duration sessionLifetime,
        @DefaultValue("10s") Duration rotationGrace,
        @DefaultValue("100") int sessionsPerMember) {
    MemberSettings {
        require(accessTokenLifetime.toSeconds() >= 10 && accessTokenLifetime.compareTo(EndedSessions.REMEMBERED) < 0,
                "access-token-lifetime must be between 10s and 1h, but is " + accessTokenLifetime);
        require(sessionLifetime.compareTo(accessTokenLifetime) > 0,
                "session-lifetime must be longer than access-token-lifetime, but is " + sessionLifetime);
        require(!rotationGrace.isNegative() && rotationGrace.compareTo(Duration.ofMinutes(1)) <= 0,
                "rotation-grace must be between 0s and 1m, but is " + rotationGrace);
        require(sessionsPerMember >= 1 && sessionsPerMember <= 10_000,
                "sessions-per-member must be between 1 and 10000, but is " + sessionsPerMember);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("picup.member." + otherwise);
        }
    }
}
