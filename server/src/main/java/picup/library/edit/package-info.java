/// What people make of a photo's pixels: crop, turn, light and colour. Rows of `storage.picture` say what is wanted and what is shown,
/// [picup.media.EditedRenditions] has the files.
///
/// ```
/// as it came ──put──▶ processing ──job──▶ ready      the edit is shown
///     ▲                   │    ▲            │
///     │                   ▼    └────put─────┤
///     └──revert──────── failed              └──revert──▶ as it came
///                  (what was shown stays)
/// ```
@NullMarked
package picup.library.edit;

import org.jspecify.annotations.NullMarked;
