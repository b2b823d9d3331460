import type { TimelinePage, Town } from '$lib/api/client';
import type { BadgeName } from '$lib/picture/parts';
import { estimateHeight, layOutDays, type DayBox, type DayLayout, type DayStyle } from './days';
import type { Section } from './geometry';
import { rowAt, type Row } from './rows';

export type Columns = Pick<
  TimelinePage,
  'ids' | 'takenAt' | 'ratios' | 'thumbHashes' | 'kinds' | 'durations' | 'states' | 'favourites' | 'versions' | 'badges' | 'places' | 'towns'
>;

const columnNames = ['ids', 'takenAt', 'ratios', 'thumbHashes', 'kinds', 'durations', 'states', 'favourites', 'versions', 'badges', 'places'] as const;

/** One picture as a tile shows it. */
export interface TilePicture {
  id: string;
  takenAt: string;
  ratio: number;
  thumbHash: string | null;
  kind: string;
  durationMs: number | null;
  state: string;
  favourite: boolean;
  version?: number;
  badge: BadgeName | null;
  town: Town | null;
}

/** A picture and the place of its tile within its day. */
export interface PlacedPicture {
  picture: TilePicture;
  left: number;
  top: number;
  width: number;
  height: number;
}

export function noColumns(): Columns {
  return { ids: [], takenAt: [], ratios: [], thumbHashes: [], kinds: [], durations: [], states: [], favourites: [], versions: [], badges: [], places: [], towns: [] };
}

/** Columns with a page added at the end, which counts its towns from 0. */
export function joined(columns: Columns, page: Columns): Columns {
  const all = Object.fromEntries(columnNames.map((name) => [name, [...columns[name], ...(page[name] ?? [])]])) as unknown as Columns;
  const known = columns.towns.length;
  // A month that this browser remembers may be older than the towns.
  const places = (page.places ?? []).map((place) => (place === null ? null : place + known));
  return { ...all, places: [...columns.places, ...places], towns: [...columns.towns, ...(page.towns ?? [])] };
}

/** Those from one number to another. Towns stay, as they are counted. */
export function part(columns: Columns, first: number, end?: number): Columns {
  return { ...columns, ...(Object.fromEntries(columnNames.map((name) => [name, columns[name].slice(first, end)])) as unknown as Columns) };
}

export function without(columns: Columns, gone: ReadonlySet<string>): Columns {
  const kept = (_: unknown, at: number) => !gone.has(columns.ids[at]!);
  return { ...columns, ...(Object.fromEntries(columnNames.map((name) => [name, (columns[name] as unknown[]).filter(kept)])) as unknown as Columns) };
}

/**
 * A month of the timeline: known by its count alone, in part (a stretch of a huge month, from any of its pictures on), or whole. Immutable: a
 * change makes a new one. A month whose pictures were released keeps the height it had, so that nothing jumps.
 */
export class Month implements Section {
  /** Of the pictures that are held, within the whole month. */
  readonly layout: DayLayout | null;
  readonly height: number;
  readonly #indexes: Map<string, number>;
  readonly #placed: PlacedPicture[] = [];

  /** @param first the number of the first picture that is held; the newest of the month is 0 */
  constructor(
    readonly month: string,
    readonly count: number,
    readonly style: DayStyle,
    readonly columns: Columns = noColumns(),
    readonly first = 0,
    rememberedHeight?: number,
  ) {
    this.layout = this.loaded > 0 ? layOutDays(columns.takenAt, columns.ratios, style, estimateHeight(first, style, false)) : null;
    this.#indexes = new Map(columns.ids.map((id, at) => [id, at]));
    this.height = this.layout
      ? this.layout.bottom + estimateHeight(Math.max(0, count - this.end), style, false)
      : (rememberedHeight ?? estimateHeight(count, style));
  }

  get loaded() {
    return this.columns.ids.length;
  }

  /** The number after that of the last picture that is held. */
  get end() {
    return this.first + this.loaded;
  }

  /** Whether the newest picture is held, or the oldest one. */
  get hasNewest() {
    return this.loaded > 0 && this.first === 0;
  }

  get hasOldest() {
    return this.loaded > 0 && this.end >= this.count;
  }

  /** The month with other columns, by default in the same place. */
  with(columns: Columns, count = this.count, first = this.first): Month {
    return new Month(this.month, count, this.style, columns, first);
  }

  released(): Month {
    return new Month(this.month, this.count, this.style, noColumns(), 0, this.height);
  }

  /** Whether the pictures at a depth are held; what is beyond them is known by its number alone. */
  isHeldAt(depth: number): boolean {
    return this.layout !== null && (depth >= this.layout.top || this.hasNewest) && (depth <= this.layout.bottom || this.hasOldest);
  }

  indexOf(pictureId: string): number {
    return this.#indexes.get(pictureId) ?? -1;
  }

  picture(at: number): TilePicture {
    const { ids, takenAt, ratios, thumbHashes, kinds, durations, states, favourites, versions, badges } = this.columns;
    return {
      id: ids[at]!,
      takenAt: takenAt[at]!,
      ratio: ratios[at]!,
      thumbHash: thumbHashes[at] ?? null,
      kind: kinds[at]!,
      durationMs: durations[at] ?? null,
      state: states[at]!,
      favourite: favourites[at]!,
      version: versions[at]!,
      badge: (badges[at] ?? null) as BadgeName | null,
      town: this.townAt(at),
    };
  }

  /** The pictures of a day in some of the month's rows. The same objects each time, so that tiles that stay have nothing to look at anew. */
  placedIn(box: DayBox, firstRow: number, endRow: number): PlacedPicture[] {
    const placed: PlacedPicture[] = [];
    for (const row of this.layout!.rows.slice(firstRow, endRow)) {
      const end = Math.min(row.first + row.count, box.first + box.count);
      for (let at = Math.max(row.first, box.first); at < end; at++) placed.push((this.#placed[at] ??= this.#place(at, row, box)));
    }
    return placed;
  }

  #place(at: number, row: Row, box: DayBox): PlacedPicture {
    const { lefts, widths } = this.layout!;
    return { picture: this.picture(at), left: lefts[at]! - box.left, top: row.top - box.top, width: widths[at]!, height: row.height };
  }

  townAt(at: number): Town | null {
    const place = this.columns.places[at] ?? null;
    return place === null ? null : (this.columns.towns[place] ?? null);
  }

  pictureAt(depth: number) {
    if (!this.layout || !this.isHeldAt(depth)) return null;
    const row = this.layout.rows[rowAt(this.layout.rows, depth)];
    return row ? { pictureId: this.columns.ids[row.first]!, top: row.top } : null;
  }

  topOfPicture(pictureId: string): number | null {
    const at = this.indexOf(pictureId);
    return at < 0 ? null : this.rowOf(at).top;
  }

  rowIndexOf(at: number): number {
    const rows = this.layout!.rows;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (rows[middle]!.first <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  rowOf(at: number) {
    return this.layout!.rows[this.rowIndexOf(at)]!;
  }
}
