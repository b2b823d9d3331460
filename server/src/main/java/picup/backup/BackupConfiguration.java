package picup.backup;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class BackupConfiguration {
    @Bean
    JobKind<NightlyBackup.Night> backupKind() {
        return NightlyBackup.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstBackup(NightlyBackup backup) {
        return arguments -> backup.scheduleNext();
    }
}
