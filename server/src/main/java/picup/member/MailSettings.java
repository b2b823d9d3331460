package picup.member;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The mail server that takes what Picup sends.
///
/// @param host     absent, no mail is sent and nothing of it costs anything
/// @param port     of the server
/// @param tls      `starttls` (required, not merely tried), `implicit` or `none`
/// @param username absent, nobody signs in there
/// @param password for the user name
/// @param from     whom mail comes from; needed when there is a host
/// @param timeout  to connect, and for each answer
/// @param backoff  wait after the first failure; doubles with each of the four attempts that follow
@ConfigurationProperties(prefix = "picup.mail", ignoreUnknownFields = false)
record MailSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Tls tls,
        @Nullable String username,
        @Nullable String password,
        @Nullable String from,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("1m") Duration backoff) {
    enum Tls { STARTTLS, IMPLICIT, NONE }

    MailSettings {
        if (host != null && from == null) {
            throw new IllegalArgumentException("picup.mail.from is needed with picup.mail.host: the address that mail comes from");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("picup.mail.port must be between 1 and 65535, but is " + port);
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("picup.mail.timeout must be between 1ms and 1m, but is " + timeout);
        }
        if (backoff.isNegative()) {
            throw new IllegalArgumentException("picup.mail.backoff cannot be negative, but is " + backoff);
        }
    }

    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + "]";
    }
}
