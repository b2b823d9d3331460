/// Signed statements of what is stored and was read back, so that a person can delete it elsewhere.
@NullMarked
package picup.library.receipt;

import org.jspecify.annotations.NullMarked;
