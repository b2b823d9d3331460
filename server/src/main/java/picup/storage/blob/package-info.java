/// Where originals lie: bytes by their SHA-256, each store behind the same few operations.
@NamedInterface("blob")
@NullMarked
package picup.storage.blob;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
