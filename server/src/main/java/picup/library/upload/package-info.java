/// Files that come in pieces, over as many requests and connections as it takes (tus 1.0). Owns `storage.upload`.
///
/// ```
/// CreateUpload ──▶ receiving ──ReceiveChunk…──▶ received ──FinishUpload──▶ done (a picture or a sidecar)
///                   │     │                      │    └──────────────────▶ refused
///                   │     └──(sweep)──▶ expired  └─(of a piece) JoinUploads──▶ joined
///                   └──EndUpload──▶ no row
/// ```
///
/// What is reserved of the space when an upload begins turns into the charge in the transaction that makes it a picture, and is given back in the
/// one that ends it otherwise. Rows of what has ended stay for a day, for whoever lost the last answer.
@NullMarked
package picup.library.upload;

import org.jspecify.annotations.NullMarked;
