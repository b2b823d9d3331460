package picup.platform.news;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The Redis over which several processes tell each other news.
///
/// @param url     `redis://user:password@host:6379`, or `rediss://` with TLS; absent, processes know nothing of each other
/// @param channel the channel's name; Picups that share one Redis need one each
/// @param timeout how long to wait for a connection or an answer; no request waits for either
@ConfigurationProperties(prefix = "picup.redis", ignoreUnknownFields = false)
record RedisSettings(@Nullable URI url, @DefaultValue("picup") String channel, @DefaultValue("1s") Duration timeout) {
    RedisSettings {
        if (url != null && url.toString().isBlank()) {
            url = null;
        }
        if (url != null && (url.getHost() == null || !Set.of("redis", "rediss").contains(url.getScheme()))) {
            throw new IllegalArgumentException("picup.redis.url must be like redis://host:6379, and its scheme redis or rediss");
        }
        if (channel.isBlank()) {
            throw new IllegalArgumentException("picup.redis.channel must not be empty");
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("picup.redis.timeout must be between 1ms and 1m, but is " + timeout);
        }
    }

    /// Without the URL, in which there may be a password.
    @Override
    public String toString() {
        return "RedisSettings[channel=" + channel + "]";
    }
}
