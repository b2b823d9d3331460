package picup.platform;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClockConfiguration {
    /// The only source of the time; tests put their own in its place.
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
