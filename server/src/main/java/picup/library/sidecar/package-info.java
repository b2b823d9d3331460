/// Files beside pictures that say something about them: XMP of photo programs, JSON of Google Takeout. Owns `storage.sidecar`.
@NullMarked
package picup.library.sidecar;

import org.jspecify.annotations.NullMarked;
