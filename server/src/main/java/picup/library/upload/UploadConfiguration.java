package picup.library.upload;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class UploadConfiguration {
    @Bean
    JobKind<SweepUploads.Sweep> sweepUploadsKind() {
        return SweepUploads.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstSweepOfUploads(SweepUploads sweep) {
        return arguments -> sweep.scheduleNext();
    }
}
