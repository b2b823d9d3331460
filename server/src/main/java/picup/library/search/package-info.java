/// Finds pictures by words, and says by which there is something to find.
///
/// ```
/// picture ──a trigger: words are due──▶ MakePicturesFindable (in the change's transaction, or KeepFindable's rounds) ──▶ words, place_id
///                                                                                                     SearchPictures, ShowFacets ◀── index
/// ```
@NullMarked
package picup.library.search;

import org.jspecify.annotations.NullMarked;
