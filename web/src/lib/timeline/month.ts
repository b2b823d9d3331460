import type { TimelinePage, Town } from '$lib/api/client';
import type { BadgeName } from '$lib/picture/parts';
import { estimateHeight, layOutDays, type DayLayout, type DayStyle } from './days';
import type { Section } from './geometry';
import { rowAt } from './rows';

type Columns = Pick<
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

export function without(columns: Columns, gone: ReadonlySet<string>): Columns {
  const kept = (_: unknown, at: number) => !gone.has(columns.ids[at]!);
  return { ...columns, ...(Object.fromEntries(columnNames.map((name) => [name, (columns[name] as unknown[]).filter(kept)])) as unknown as Columns) };
}

/**
 * A month of the timeline: known by its count alone, in part (huge months come in pages), or whole. Immutable: a change
 * makes a new one. A month whose pictures were released keeps the height it had, so that nothing jumps.
 */
export class Month implements Section {
  readonly layout: DayLayout | null;
  readonly height: number;
  readonly #indexes: Map<string, number>;

  constructor(
    readonly month: string,
    readonly count: number,
    readonly style: DayStyle,
    readonly columns: Columns = noColumns(),
    readonly next: string | null = null,
    rememberedHeight?: number,
  ) {
    const loaded = columns.ids.length;
    this.layout = loaded > 0 ? layOutDays(columns.takenAt, columns.ratios, style) : null;
    this.#indexes = new Map(columns.ids.map((id, at) => [id, at]));
    this.height = this.layout
      ? this.layout.height + estimateHeight(next === null ? 0 : count - loaded, style, false)
      : (rememberedHeight ?? estimateHeight(count, style));
  }

  get loaded() {
    return this.columns.ids.length;
  }

  released(): Month {
    return new Month(this.month, this.count, this.style, noColumns(), null, this.height);
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

  townAt(at: number): Town | null {
    const place = this.columns.places[at] ?? null;
    return place === null ? null : (this.columns.towns[place] ?? null);
  }

  pictureAt(depth: number) {
    const row = this.layout?.rows[rowAt(this.layout.rows, depth)];
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
