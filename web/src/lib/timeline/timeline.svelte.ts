import { api, data, type TimelinePage } from '$lib/api/client';
import type { DayStyle } from './days';
import { Geometry } from './geometry';
import { joined, Month, noColumns, without, type TilePicture } from './month';

/** Months this far from what is seen are let go, once more pictures than `fewPictures` are held. */
const farPx = 12_000;
const fewPictures = 4_000;

export interface Spot {
  month: Month;
  at: number;
}

const startStyle: DayStyle = { width: 1000, rowHeight: 200, gap: 4, headerHeight: 48, dayGap: 16, smallestDay: 176 };

/**
 * The member's whole library as the timeline shows it. Holds a bounded part of it: all months with their counts, and the
 * pictures of those months that are near to what is seen.
 */
class Timeline {
  months = $state.raw<Month[]>([]);
  state = $state<'loading' | 'ready' | 'failed'>('loading');
  readonly geometry = $derived(new Geometry(this.months));
  readonly count = $derived(this.months.reduce((sum, month) => sum + month.count, 0));

  /** The view wraps every change of heights in this, to keep in place what one looks at. */
  reflow: (change: () => void) => void = (change) => change();

  /** Set by the view: scrolls to a picture unless it is in sight. */
  reveal: (pictureId: string) => void = () => undefined;

  /** Where the person was when the page was left. */
  rememberedScroll = 0;

  #style = startStyle;
  #loads = new Map<string, Promise<void>>();

  async open() {
    try {
      await this.refreshCounts();
      this.state = 'ready';
    } catch (error) {
      if (this.state !== 'ready') this.state = 'failed';
      throw error;
    }
  }

  forget() {
    this.months = [];
    this.state = 'loading';
    this.rememberedScroll = 0;
  }

  setStyle(style: DayStyle) {
    this.#style = style;
    this.reflow(() => {
      this.months = this.months.map((month) => new Month(month.month, month.count, style, month.columns, month.next));
    });
  }

  async refreshCounts() {
    const counts = await data(api.GET('/api/timeline'));
    const known = new Map(this.months.map((month) => [month.month, month]));
    this.reflow(() => {
      this.months = counts.map(({ month, count }) => {
        const held = known.get(month);
        if (!held) return new Month(month, count, this.#style);
        return held.count === count ? held : new Month(month, count, this.#style, held.columns, held.next);
      });
    });
  }

  /** Loads what overlaps the stretch and isn't there; lets go what is far from it. */
  async want(from: number, to: number) {
    const [first, end] = this.geometry.overlapping(from, to);
    const missing = this.months.slice(first, end).filter((month, index) => {
      const lower = this.geometry.tops[first + index]! + (month.layout?.height ?? 0);
      return month.loaded === 0 || (month.next !== null && lower < to);
    });
    const loads = missing.map((month) => this.loadMore(month.month).catch(() => undefined));
    this.#releaseFar(from - farPx, to + farPx);
    await Promise.all(loads);
  }

  #releaseFar(from: number, to: number) {
    let held = this.months.reduce((sum, month) => sum + month.loaded, 0);
    if (held <= fewPictures) return;
    const [first, end] = this.geometry.overlapping(from, to);
    if (!this.months.some((month, at) => month.loaded > 0 && (at < first || at >= end))) return;
    this.months = this.months.map((month, at) => {
      if (month.loaded === 0 || (at >= first && at < end) || held <= fewPictures) return month;
      held -= month.loaded;
      return month.released();
    });
  }

  find(name: string): Month | undefined {
    return this.months[this.geometry.indexOf(name)];
  }

  #replace(name: string, change: (month: Month) => Month | null) {
    this.reflow(() => {
      this.months = this.months.flatMap((month) => (month.month === name ? (change(month) ?? []) : month));
    });
  }

  /** The next page of a month; calls for the same month share one request. */
  loadMore(name: string): Promise<void> {
    const running = this.#loads.get(name);
    if (running) return running;
    const load = this.#loadPage(name).finally(() => this.#loads.delete(name));
    this.#loads.set(name, load);
    return load;
  }

  async #page(month: string, cursor: string | null): Promise<TimelinePage> {
    return data(api.GET('/api/timeline/{month}', { params: { path: { month }, query: cursor === null ? {} : { cursor } } }));
  }

  async #loadPage(name: string) {
    const before = this.find(name);
    if (!before || (before.loaded > 0 && before.next === null)) return;
    const page = await this.#page(name, before.next);
    this.#replace(name, (month) => {
      if (page.count === 0) return null;
      // Released or reloaded meanwhile: a page in the middle would leave a hole before it.
      if (month.loaded !== before.loaded) return month;
      return new Month(name, page.count, this.#style, joined(month.columns, page), page.next);
    });
  }

  /** Takes a month anew from the server, as much of it as was held. */
  async reload(name: string) {
    const wanted = this.find(name)?.loaded ?? 0;
    if (wanted === 0) return;
    let columns = noColumns();
    let page: TimelinePage;
    let cursor: string | null = null;
    do {
      page = await this.#page(name, cursor);
      columns = joined(columns, page);
      cursor = page.next;
    } while (cursor !== null && columns.ids.length < wanted);
    this.#replace(name, () => (page.count === 0 ? null : new Month(name, page.count, this.#style, columns, page.next)));
  }

  /** Brings months up to date of which the server said that they changed. */
  async update(names: Iterable<string>) {
    await this.refreshCounts();
    const stale = this.months.filter((month) => month.loaded > 0 && month.next === null && month.loaded !== month.count);
    for (const name of new Set([...names, ...stale.map((month) => month.month)])) await this.reload(name);
  }

  /** Takes pictures out at once; the server's word follows. */
  remove(ids: ReadonlySet<string>) {
    this.reflow(() => {
      this.months = this.months.flatMap((month) => {
        const gone = month.columns.ids.filter((id) => ids.has(id)).length;
        if (gone === 0) return month;
        if (month.count === gone) return [];
        return new Month(month.month, month.count - gone, this.#style, without(month.columns, ids), month.next);
      });
    });
  }

  setFavourite(ids: ReadonlySet<string>, favourite: boolean) {
    this.months = this.months.map((month) => {
      if (!month.columns.ids.some((id) => ids.has(id))) return month;
      const favourites = month.columns.favourites.map((old, at) => (ids.has(month.columns.ids[at]!) ? favourite : old));
      return new Month(month.month, month.count, this.#style, { ...month.columns, favourites }, month.next);
    });
  }

  /** Where a picture is, among those that are held. */
  spotOf(pictureId: string): Spot | null {
    for (const month of this.months) {
      const at = month.indexOf(pictureId);
      if (at >= 0) return { month, at };
    }
    return null;
  }

  /** Loads the month of a picture that was opened by its address. */
  async locate(pictureId: string, takenAt: string): Promise<Spot | null> {
    const name = takenAt.slice(0, 7);
    for (;;) {
      const spot = this.spotOf(pictureId);
      if (spot) return spot;
      const month = this.find(name);
      if (!month || (month.loaded > 0 && month.next === null)) return null;
      await this.loadMore(name);
    }
  }

  /** The picture one step newer (−1) or older (+1), across the borders of pages and months. */
  async neighbour(pictureId: string, step: 1 | -1): Promise<TilePicture | null> {
    const spot = this.spotOf(pictureId);
    if (!spot) return null;
    const at = spot.at + step;
    if (at >= 0 && at < spot.month.loaded) return spot.month.picture(at);
    if (step === 1 && spot.month.next !== null) {
      await this.loadMore(spot.month.month);
      return this.neighbour(pictureId, step);
    }
    const name = this.months[this.geometry.indexOf(spot.month.month) + step]?.month;
    if (name === undefined) return null;
    const month = await (step === 1 ? this.#firstPageOf(name) : this.#wholeOf(name));
    return month && month.loaded > 0 ? month.picture(step === 1 ? 0 : month.loaded - 1) : null;
  }

  async #firstPageOf(name: string) {
    if (this.find(name)?.loaded === 0) await this.loadMore(name);
    return this.find(name);
  }

  async #wholeOf(name: string) {
    let month = await this.#firstPageOf(name);
    while (month && month.next !== null) {
      await this.loadMore(name);
      month = this.find(name);
    }
    return month;
  }

  /** Where a picture is, also when its month was let go since somebody chose it. */
  async #found(pictureId: string): Promise<Spot | null> {
    const spot = this.spotOf(pictureId);
    if (spot) return spot;
    const { takenAt } = await data(api.GET('/api/pictures/{id}', { params: { path: { id: pictureId } } }));
    return this.locate(pictureId, takenAt);
  }

  /** All pictures from one to another, whichever is newer, with what must be loaded between them. */
  async between(oneId: string, otherId: string): Promise<string[]> {
    const found = [await this.#found(oneId), await this.#found(otherId)];
    const spots = found.filter((spot) => spot !== null);
    if (spots.length < 2) return [otherId];
    spots.sort((a, b) => b.month.month.localeCompare(a.month.month) || a.at - b.at);
    const [from, to] = [spots[0]!, spots[1]!];
    const ids: string[] = [];
    for (const { month: name } of this.months) {
      if (name > from.month.month || name < to.month.month) continue;
      const month = name === to.month.month ? to.month : await this.#wholeOf(name);
      const first = name === from.month.month ? from.at : 0;
      const end = name === to.month.month ? to.at + 1 : undefined;
      ids.push(...(month?.columns.ids.slice(first, end) ?? []));
    }
    return ids;
  }
}

export const timeline = new Timeline();
