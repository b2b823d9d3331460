package picup.events;

import java.util.Set;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import picup.platform.InRole;
import picup.platform.PicupSettings;
import picup.platform.Role;

/// Stops a start that would leave events lying: without a broker, news of members reaches only listeners in the very process
/// that delivers it, and those live with the storage.
@Configuration(proxyBeanMethods = false)
@InRole(Role.MEMBER)
class DeliveryCheck {
    private static final String BROKER = "picup.events.broker";
    private static final String IN_PROCESS = "in-process";
    private static final String RABBITMQ = "rabbitmq";

    DeliveryCheck(PicupSettings picup, Environment environment) {
        requireDelivery(picup.roles(), environment.getProperty(BROKER, IN_PROCESS));
    }

    /// @throws IllegalStateException when nobody would hear the events that this process delivers
    static void requireDelivery(Set<Role> roles, String broker) {
        if (roles.contains(Role.MEMBER) && !roles.contains(Role.STORAGE) && !broker.equals(RABBITMQ)) {
            throw new IllegalStateException(("This process is `member` without `storage` (picup.roles), and %s is %s: the news of a sign-up would never "
                    + "reach the storage. Set %s=%s in every process, or give this one the role storage as well.").formatted(BROKER, broker, BROKER, RABBITMQ));
        }
    }
}
