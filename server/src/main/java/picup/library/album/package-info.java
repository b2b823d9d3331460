/// Albums: what somebody gathered, in an order, one inside of the other. Owns `storage.album` and `storage.album_picture`.
@NullMarked
package picup.library.album;

import org.jspecify.annotations.NullMarked;
