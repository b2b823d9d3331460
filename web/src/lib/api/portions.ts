/** Below the most ids that the server takes in one call (10,000). */
const portion = 5_000;

/** Does something to many pictures, a portion at a time. */
export async function inPortions(ids: readonly string[], run: (ids: string[]) => Promise<unknown>) {
  for (let first = 0; first < ids.length; first += portion) await run(ids.slice(first, first + portion));
}
