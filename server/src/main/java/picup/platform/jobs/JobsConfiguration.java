package picup.platform.jobs;

import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.PicupSettings;
import picup.platform.news.Neighbours;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class JobsConfiguration {
    @Bean
    Jobs jobs(DataSource database, JdbcClient sql, JsonMapper json, InstantSource clock, Neighbours neighbours, List<JobKind<?>> kinds) {
        return new Jobs(database, sql, json, clock, neighbours, kinds);
    }

    @Bean
    JobRunner jobRunner(DataSource database, JsonMapper json, Jobs jobs, DeadLetters deadLetters, JobCounts counts, PicupSettings picup,
            List<JobKind<?>> kinds, ObjectProvider<JobHandler<?>> handlers) {
        return new JobRunner(database, json, jobs, deadLetters, counts, picup.roles(), kinds, handlers.stream().toList());
    }
}
