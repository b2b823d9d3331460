package picup.events;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;

/// In-process delivery: the outbox job of an event hands it to every listener; one that throws makes the whole delivery
/// be repeated.
@Configuration(proxyBeanMethods = false)
class EventDelivery {
    @Bean
    JobKind<MemberEvent> memberEventDelivery() {
        return MemberEvent.DELIVERY;
    }

    @Bean
    JobHandler<MemberEvent> memberEventHandler(List<Listener> listeners) {
        return new JobHandler<>() {
            @Override
            public JobKind<MemberEvent> kind() {
                return MemberEvent.DELIVERY;
            }

            @Override
            public void run(MemberEvent event) {
                listeners.forEach(listener -> listener.on(event));
            }
        };
    }
}
