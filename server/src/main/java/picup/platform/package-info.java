/// What every module stands on: ids, problems, configuration, the embedded database, jobs, web plumbing. Knows no feature.
@ApplicationModule(type = ApplicationModule.Type.OPEN, allowedDependencies = {})
@NullMarked
package picup.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
