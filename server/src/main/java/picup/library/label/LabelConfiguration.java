package picup.library.label;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class LabelConfiguration {
    @Bean
    JobKind<WriteLabels.Due> writeLabelsKind() {
        return WriteLabels.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstLabels(WriteLabels labels) {
        return arguments -> labels.scheduleNext();
    }
}
