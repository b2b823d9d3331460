/// Files whose parts go from their client straight to the bucket of the originals. Owns `storage.direct_upload`.
///
/// ```
/// BeginDirectUpload ──▶ receiving ──CompleteDirectUpload──▶ done (a picture)
///      │                 │   │                └───────────▶ refused
///      │                 │   └──(sweep)──▶ expired
///      │                 └──EndDirectUpload──▶ no row
///      └──(the picture is there already)──▶ done
/// ```
///
/// What is reserved of the space turns into the charge in the transaction that makes it a picture, and is given back in the one that ends it
/// otherwise. Either adds the job that removes from the bucket what is no original ([RemoveSentParts]), so that none is forgotten. Rows of what has
/// ended stay for a day, for whoever lost the last answer.
@NullMarked
package picup.library.direct;

import org.jspecify.annotations.NullMarked;
