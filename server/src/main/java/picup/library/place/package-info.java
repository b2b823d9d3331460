/// What a place is called. Owns `storage.place`, the towns in which somebody here took a picture.
@NullMarked
package picup.library.place;

import org.jspecify.annotations.NullMarked;
