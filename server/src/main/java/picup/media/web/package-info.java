/// The media module over HTTP.
@InRole(Role.STORAGE)
@NullMarked
package picup.media.web;

import org.jspecify.annotations.NullMarked;
import picup.platform.InRole;
import picup.platform.Role;
