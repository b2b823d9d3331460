/// The small file beside each original that says whose it is and what they made of it, so that a library can be rebuilt when its database is
/// gone. Owns `storage.label_due`.
///
/// ```
/// picture, album, … ──triggers──▶ label_due ──job, a batch at a time──▶ originals/ab/<digest>.json, originals/members/<id>.jsonl
///                                                                          └──./picup recover──▶ the same rows
/// ```
@NamedInterface("label")
@NullMarked
package picup.library.label;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
