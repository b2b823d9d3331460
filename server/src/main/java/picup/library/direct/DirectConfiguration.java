package picup.library.direct;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class DirectConfiguration {
    @Bean
    JobKind<SweepDirectUploads.Sweep> sweepDirectUploadsKind() {
        return SweepDirectUploads.KIND;
    }

    @Bean
    JobKind<RemoveSentParts.Sent> removeSentPartsKind() {
        return RemoveSentParts.KIND;
    }
}
