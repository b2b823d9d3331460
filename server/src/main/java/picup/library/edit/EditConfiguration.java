package picup.library.edit;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class EditConfiguration {
    @Bean
    JobKind<SweepEdits.Sweep> sweepEditsKind() {
        return SweepEdits.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstSweepOfEdits(SweepEdits sweep) {
        return arguments -> sweep.scheduleNext();
    }
}
