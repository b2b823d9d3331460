package picup.library;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class LibraryConfiguration {
    @Bean
    JobKind<PurgeTrash.Purge> purgeTrashKind() {
        return PurgeTrash.KIND;
    }

    @Bean
    JobKind<ReadAllFacts.Mine> readAllFactsKind() {
        return ReadAllFacts.KIND;
    }

    @Bean
    JobKind<RefreshFacts.Outdated> refreshFactsKind() {
        return RefreshFacts.KIND;
    }
}
