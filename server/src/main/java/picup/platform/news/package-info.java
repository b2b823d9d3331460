/// What the processes of one Picup tell each other outside of any transaction: that a library changed, that a session ended,
/// that a job waits. Nothing may depend on such news arriving; what must arrive is an event (`picup.events`) or a row.
@NullMarked
package picup.platform.news;

import org.jspecify.annotations.NullMarked;
