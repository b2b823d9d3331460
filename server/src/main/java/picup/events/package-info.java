/// What happened: the published events, and the transactional outbox that delivers them.
@ApplicationModule(allowedDependencies = "platform")
@NullMarked
package picup.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
