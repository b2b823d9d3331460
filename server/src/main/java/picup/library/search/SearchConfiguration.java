package picup.library.search;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
    @Bean
    JobKind<KeepFindable.Round> keepFindableKind() {
        return KeepFindable.KIND;
    }
}
