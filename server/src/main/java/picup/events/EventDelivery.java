package picup.events;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.InRole;
import picup.platform.Role;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.NotNow;

/// In-process delivery: the outbox job of an event hands it to every listener; one that throws makes the whole delivery
/// be repeated.
@Configuration(proxyBeanMethods = false)
@InRole(Role.MEMBER)
class EventDelivery {
    @Bean
    JobKind<MemberEvent> memberEventDelivery() {
        return MemberEvent.DELIVERY;
    }

    @Bean
    JobHandler<MemberEvent> memberEventHandler(ObjectProvider<Listener> listeners) {
        return new JobHandler<>() {
            @Override
            public JobKind<MemberEvent> kind() {
                return MemberEvent.DELIVERY;
            }

            @Override
            public void run(MemberEvent event) throws NotNow {
                if (listeners.stream().findAny().isEmpty()) {
                    throw new NotNow("Nobody listens in this process");
                }
                listeners.forEach(listener -> listener.on(event));
            }
        };
    }
}
