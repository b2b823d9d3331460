package picup.events;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
@InRole(Role.MEMBER)
@EnableConfigurationProperties(EventSettings.class)
class EventsConfiguration {
    @Bean
    JobKind<MemberEvent> memberEventDelivery() {
        return MemberEvent.DELIVERY;
    }
}
