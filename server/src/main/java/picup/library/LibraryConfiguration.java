package picup.library;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
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

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstRefreshOfFacts(RefreshFacts refresh) {
        return arguments -> refresh.scheduleNext();
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstPurge(PurgeTrash purge) {
        return arguments -> purge.scheduleNext();
    }
}
