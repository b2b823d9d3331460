/// Which files belong together, and how a person rearranges them. [picup.library.Items] keeps what is decided here.
@NullMarked
package picup.library.item;

import org.jspecify.annotations.NullMarked;
