/// The library over HTTP.
@InRole(Role.STORAGE)
package picup.library.web;

import picup.platform.InRole;
import picup.platform.Role;
