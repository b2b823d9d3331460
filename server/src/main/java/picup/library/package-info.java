/// What a person sees: pictures, timeline, albums, trash. Owns `storage.picture` and its neighbours.
@ApplicationModule(allowedDependencies = {"platform", "events", "storage", "media", "decoder"})
@NullMarked
package picup.library;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
