/// Hashes of what people type and nobody may read: passwords on the member side, the code of the locked folder on the other.
@NullMarked
package picup.platform.hashing;

import org.jspecify.annotations.NullMarked;
