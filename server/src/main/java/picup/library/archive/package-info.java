/// Everything of a member in one ZIP: originals, facts, albums. Written as it is sent; nothing of it is kept.
@NullMarked
package picup.library.archive;

import org.jspecify.annotations.NullMarked;
