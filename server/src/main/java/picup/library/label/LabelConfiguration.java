package picup.library.label;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class LabelConfiguration {
    @Bean
    JobKind<WriteLabels.Due> writeLabelsKind() {
        return WriteLabels.KIND;
    }
}
