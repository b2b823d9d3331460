package picup.platform.jobs;

import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {
    @Bean
    Jobs jobs(DataSource database, JdbcClient sql, JsonMapper json, InstantSource clock, List<JobKind<?>> kinds) {
        return new Jobs(database, sql, json, clock, kinds);
    }

    @Bean
    JobRunner jobRunner(DataSource database, JsonMapper json, Jobs jobs, DeadLetters deadLetters, JobCounts counts,
            List<JobKind<?>> kinds, List<JobHandler<?>> handlers) {
        return new JobRunner(database, json, jobs, deadLetters, counts, kinds, handlers);
    }
}
