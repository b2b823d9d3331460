package picup.events;

import java.util.Set;
import org.springframework.context.annotation.Configuration;
import picup.events.EventSettings.Broker;
import picup.platform.InRole;
import picup.platform.PicupSettings;
import picup.platform.Role;

/// Stops a start that would leave events lying: without a broker, news of members reaches only listeners in the very process
/// that delivers it, and those live with the storage.
@Configuration(proxyBeanMethods = false)
@InRole(Role.MEMBER)
class DeliveryCheck {
    DeliveryCheck(PicupSettings picup, EventSettings events) {
        requireDelivery(picup.roles(), events.broker());
    }

    /// @throws IllegalStateException when nobody would hear the events that this process delivers
    static void requireDelivery(Set<Role> roles, Broker broker) {
        if (roles.contains(Role.MEMBER) && !roles.contains(Role.STORAGE) && broker == Broker.IN_PROCESS) {
            throw new IllegalStateException("This process is `member` without `storage` (picup.roles), and its events stay in the process "
                    + "(picup.events.broker=in-process): the news of a sign-up would never reach the storage. Set picup.events.broker=rabbitmq in every "
                    + "process, or give this one the role storage as well.");
        }
    }
}
