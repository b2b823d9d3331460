/// The storage module over HTTP.
@InRole(Role.STORAGE)
package picup.storage.web;

import picup.platform.InRole;
import picup.platform.Role;
