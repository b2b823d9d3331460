/// The folder behind a second unlock: its code, and what goes in and out. Owns `storage.locked_folder` and `storage.lock_undo`; who has it open is
/// [picup.library.OpenFolders], which everything that shows pictures asks.
///
/// ```
/// ChooseCode ──▶ UnlockFolder ──▶ open to this session ──(15 minutes unused, lock now, sign-out, another code)──▶ closed
/// LockPictures: in without the code, out with it, and back out within 30 seconds by who put them in
/// ```
@NullMarked
package picup.library.locked;

import org.jspecify.annotations.NullMarked;
