package picup.library;

import org.springframework.boot.ApplicationRunner;
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
    ApplicationRunner firstPurge(PurgeTrash purge) {
        return arguments -> purge.scheduleNext();
    }
}
