/// Where originals lie: bytes by their SHA-256, each store behind the same few operations.
@NullMarked
package picup.storage.blob;

import org.jspecify.annotations.NullMarked;
