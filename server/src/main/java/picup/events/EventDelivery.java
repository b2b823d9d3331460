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
    JobKind<MemberSignedUp> memberSignedUpDelivery() {
        return MemberSignedUp.DELIVERY;
    }

    @Bean
    JobHandler<MemberSignedUp> memberSignedUpHandler(List<Listener<MemberSignedUp>> listeners) {
        return new JobHandler<>() {
            @Override
            public JobKind<MemberSignedUp> kind() {
                return MemberSignedUp.DELIVERY;
            }

            @Override
            public void run(MemberSignedUp event) {
                listeners.forEach(listener -> listener.on(event));
            }
        };
    }
}
