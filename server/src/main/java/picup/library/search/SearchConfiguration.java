package picup.library.search;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
    @Bean
    JobKind<KeepFindable.Round> keepFindableKind() {
        return KeepFindable.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstRoundOfWords(KeepFindable keeping) {
        return _ -> keeping.scheduleNext();
    }
}
