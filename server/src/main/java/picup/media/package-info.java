/// What is inside the files: kinds, facts, renditions, and the supervision of decoders. Owns `storage.decoding`.
@ApplicationModule(allowedDependencies = {"platform", "events", "storage", "decoder"})
@InRole({Role.STORAGE, Role.WORKER})
@NullMarked
package picup.media;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
import picup.platform.InRole;
import picup.platform.Role;
