package picup.platform.news;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class NewsConfiguration {
    /// No class of the Redis client is touched unless there is a Redis.
    @Bean
    Neighbours neighbours(RedisSettings settings, JsonMapper json) {
        var url = settings.url();
        return url == null ? Neighbours.none() : new RedisNeighbours(url, settings.channel(), settings.timeout(), json);
    }
}
