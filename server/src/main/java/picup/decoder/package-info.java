/// The decoder: a process of its own, in plain Java, that alone touches the inside of files from strangers.
/// It has no database, no network and no secret; it gets one file at a time over pipes and answers with facts and renditions.
/// The types here that are public are the words both sides of the pipe share.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package picup.decoder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
