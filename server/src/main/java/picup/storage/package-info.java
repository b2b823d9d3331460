/// Originals and the space they take. Owns `storage.space`, `storage.original` and `storage.audit`.
@ApplicationModule(allowedDependencies = {"platform", "events"})
@NullMarked
package picup.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
