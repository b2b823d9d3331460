package picup.library.upload;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class UploadConfiguration {
    @Bean
    JobKind<SweepUploads.Sweep> sweepUploadsKind() {
        return SweepUploads.KIND;
    }
}
