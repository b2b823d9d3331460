/// What a person sees: pictures, timeline, albums, trash. Owns `storage.picture` and its neighbours.
@ApplicationModule(allowedDependencies = {"platform", "events", "storage", "media", "decoder"})
@InRole({Role.STORAGE, Role.WORKER})
@NullMarked
package picup.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
import picup.platform.InRole;
import picup.platform.Role;
