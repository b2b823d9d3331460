/// Accounts, sign-up, sessions. Owns the schema `member`.
@ApplicationModule(allowedDependencies = {"platform", "events"})
@NullMarked
package picup.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
