interface WithId {
  id: string;
}

/** The entries with some of them, in the order in which they stand, put before the one at an index. */
export function moved<Entry extends WithId>(entries: readonly Entry[], ids: readonly string[], at: number): Entry[] {
  const moving = new Set(ids);
  const stays = ({ id }: Entry) => !moving.has(id);
  return [...entries.slice(0, at).filter(stays), ...entries.filter((entry) => !stays(entry)), ...entries.slice(at).filter(stays)];
}

/** Between which others a run of entries stands. */
export function neighbours(entries: readonly WithId[], run: readonly string[]): { after: string | null; before: string | null } {
  const first = entries.findIndex(({ id }) => id === run[0]);
  return { after: entries[first - 1]?.id ?? null, before: entries[first + run.length]?.id ?? null };
}

/** Entries that stood beside each other, and between which others. */
export interface Run {
  ids: string[];
  after: string | null;
  before: string | null;
}

/** The runs that some of the entries make, each with its neighbours that stay. */
export function runsOf(entries: readonly WithId[], chosen: ReadonlySet<string>): Run[] {
  const runs: Run[] = [];
  let last: string | null = null;
  let run: Run | null = null;
  for (const { id } of entries) {
    if (chosen.has(id)) {
      if (run === null) runs.push((run = { ids: [], after: last, before: null }));
      run.ids.push(id);
    } else {
      if (run !== null) run.before = id;
      run = null;
      last = id;
    }
  }
  return runs;
}

/** Where a picture stands: behind which, null for the first. */
export interface Place<Item> {
  picture: Item;
  after: string | null;
}

/**
 * The part of an album that is held, after some of its pictures came, went or moved: those of `changed` leave it, and those that have a place come to it, in
 * the album's order. What stands behind a picture that is not held lies further down, and comes when somebody scrolls there.
 */
export function placed<Item extends { id: string }>(held: readonly Item[], changed: ReadonlySet<string>, places: readonly Place<Item>[]): Item[] {
  const pictures = held.filter(({ id }) => !changed.has(id));
  for (const { picture, after } of places) {
    const at = after === null ? 0 : pictures.findIndex(({ id }) => id === after) + 1;
    if (after === null || at > 0) pictures.splice(at, 0, picture);
  }
  return pictures;
}
