/// Originals and the space they take. Owns `storage.space`, `storage.original`, `storage.blob`, `storage.removal` and `storage.audit`.
@ApplicationModule(allowedDependencies = {"platform", "events"})
@InRole({Role.STORAGE, Role.WORKER})
@NullMarked
package picup.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
import picup.platform.InRole;
import picup.platform.Role;
