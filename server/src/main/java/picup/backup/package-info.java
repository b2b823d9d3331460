/// Backups: what is taken, how it is proven, and how everything comes back. Owns `storage.backup`. Stands above the modules, because a backup
/// knows all tables and none of their meaning.
///
/// ```
/// database ──one snapshot──▶ backups/<time>/tables, secrets, manifest      ──restore──▶ an empty instance
/// originals ──new ones, by digest──▶ originals/ab/<digest>                 ──verify───▶ a scratch instance, and the date of it
/// labels beside the originals                                              ──recover──▶ a library without its database
/// ```
@ApplicationModule(allowedDependencies = {"platform", "storage", "storage :: blob", "library :: label", "member"})
@InRole({Role.STORAGE, Role.WORKER})
@NullMarked
package picup.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
import picup.platform.InRole;
import picup.platform.Role;
