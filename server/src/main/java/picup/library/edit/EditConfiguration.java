package picup.library.edit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class EditConfiguration {
    @Bean
    JobKind<SweepEdits.Sweep> sweepEditsKind() {
        return SweepEdits.KIND;
    }
}
