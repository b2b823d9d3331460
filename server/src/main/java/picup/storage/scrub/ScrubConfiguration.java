package picup.storage.scrub;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class ScrubConfiguration {
    @Bean
    JobKind<ScrubOriginals.Round> scrubOriginalsKind() {
        return ScrubOriginals.KIND;
    }

    @Bean
    JobKind<RemoveCopy.Gone> removeCopyKind() {
        return RemoveCopy.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstScrub(ScrubOriginals scrub) {
        return arguments -> scrub.scheduleNext();
    }
}
