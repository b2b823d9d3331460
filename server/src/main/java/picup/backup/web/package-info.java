/// Backups over HTTP, for administrators.
@InRole(Role.STORAGE)
package picup.backup.web;

import picup.platform.InRole;
import picup.platform.Role;
