package picup.storage.scrub;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
}
