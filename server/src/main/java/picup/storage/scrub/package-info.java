/// Looks after originals that have arrived: reads them back, copies them to a second store, heals one from the other, and says what is
/// damaged. Writes the state of `storage.blob`.
///
/// ```
///                     ┌ every minute ┐
/// storage.blob ──claim──▶ TendOriginal ──ReadBack──▶ first store, second store
///      ▲                      │ one is good, the other not: Transfer, read back again
///      └──────state, time─────┘──▶ log, metric, audit line
/// ```
@NullMarked
package picup.storage.scrub;

import org.jspecify.annotations.NullMarked;
