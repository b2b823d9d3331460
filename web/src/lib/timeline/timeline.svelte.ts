import type { MonthCount, TimelinePage } from '$lib/api/client';
import type { DayStyle } from './days';
import { Geometry } from './geometry';
import { around, firstPage, needOf, newer, older, withPage, type Need } from './held';
import { Month, without, type TilePicture } from './month';
import { found, largestPage, latestPage, monthCounts, monthPage, numberedPage } from './pages';

/** Months this far from what is seen are let go, once more pictures than `fewPictures` are held. */
const farPx = 12_000;
const fewPictures = 4_000;

export interface Spot {
  month: Month;
  /** Among the pictures of the month that are held. */
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
  /** Whether the view has said how wide it is; until then no place is more than a guess. */
  styled = $state(false);
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
      // Both are on their way before anybody asks: the page comes with the hint to fetch them.
      const [counts, latest] = await Promise.all([monthCounts(), latestPage().catch(() => null)]);
      this.#recount(counts, latest);
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
    this.styled = true;
    this.reflow(() => {
      this.months = this.months.map((month) => new Month(month.month, month.count, style, month.columns, month.first));
    });
  }

  /** @param latest the first page of the newest month, where that is known already */
  #recount(counts: readonly MonthCount[], latest: TimelinePage | null = null) {
    const known = new Map(this.months.map((month) => [month.month, month]));
    this.reflow(() => {
      this.months = counts.flatMap(({ month, count }) => {
        const held = known.get(month) ?? new Month(month, count, this.#style);
        if (latest && month === latest.month && held.loaded === 0) return withPage(held, latest) ?? [];
        return held.count === count ? held : held.with(held.columns, count);
      });
    });
  }

  /** Loads what overlaps the stretch and isn't there; lets go what is far from it. */
  async want(from: number, to: number) {
    const [first, end] = this.geometry.overlapping(from, to);
    const loads = this.months.slice(first, end).map((month, index) => {
      const top = this.geometry.tops[first + index]!;
      const need = needOf(month, from - top, to - top);
      return need && this.#load(month.month, need).catch(() => undefined);
    });
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

  /** Asks for pictures of a month; calls for the same month share one request. */
  #load(name: string, need: Need): Promise<void> {
    const running = this.#loads.get(name);
    if (running) return running;
    const load = this.#take(name, need).finally(() => this.#loads.delete(name));
    this.#loads.set(name, load);
    return load;
  }

  async #take(name: string, { from, limit, beside }: Need) {
    const before = this.find(name);
    if (!before) return;
    const page = await numberedPage(name, from, limit);
    // Where the month was released or taken anew meanwhile, the page fits nothing.
    this.#replace(name, (month) => (month.first === before.first && month.loaded === before.loaded ? withPage(month, page, beside) : month));
  }

  /** Takes a month anew from the server, as much of it as was held. */
  async reload(name: string) {
    const held = this.find(name);
    if (!held || held.loaded === 0) return;
    const page = await numberedPage(name, held.first, Math.min(held.loaded, largestPage));
    this.#replace(name, (month) => withPage(month, page));
  }

  /** Brings months up to date of which the server said that they changed. */
  async update(names: Iterable<string>) {
    const counts = await monthCounts();
    const changed = counts.filter(({ month, count }) => (this.find(month)?.loaded ?? 0) > 0 && this.find(month)!.count !== count);
    this.#recount(counts);
    for (const name of new Set([...names, ...changed.map(({ month }) => month)])) await this.reload(name);
  }

  /** Takes pictures out at once; the server's word follows. */
  remove(ids: ReadonlySet<string>) {
    this.reflow(() => {
      this.months = this.months.flatMap((month) => {
        const gone = month.columns.ids.filter((id) => ids.has(id)).length;
        if (gone === 0) return month;
        if (month.count === gone) return [];
        return month.with(without(month.columns, ids), month.count - gone);
      });
    });
  }

  setFavourite(ids: ReadonlySet<string>, favourite: boolean) {
    this.months = this.months.map((month) => {
      if (!month.columns.ids.some((id) => ids.has(id))) return month;
      const favourites = month.columns.favourites.map((old, at) => (ids.has(month.columns.ids[at]!) ? favourite : old));
      return month.with({ ...month.columns, favourites });
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

  /** Loads what is around a picture that was opened by its address. */
  async locate(pictureId: string, takenAt: string): Promise<Spot | null> {
    const spot = this.spotOf(pictureId);
    const name = takenAt.slice(0, 7);
    const month = this.find(name);
    if (spot || !month) return spot;
    const page = await found(monthPage(name, month.count > firstPage ? { picture: pictureId } : {}));
    if (!page) return null;
    this.#replace(name, (held) => withPage(held, page));
    return this.spotOf(pictureId);
  }

  /** The picture one step newer (−1) or older (+1), across the borders of pages and months. */
  async neighbour(pictureId: string, step: 1 | -1): Promise<TilePicture | null> {
    const spot = this.spotOf(pictureId);
    if (!spot) return null;
    const { month } = spot;
    const at = spot.at + step;
    if (at >= 0 && at < month.loaded) return month.picture(at);
    if (step === 1 ? !month.hasOldest : !month.hasNewest) {
      await this.#load(month.month, step === 1 ? older(month) : newer(month));
      return this.neighbour(pictureId, step);
    }
    const name = this.months[this.geometry.indexOf(month.month) + step]?.month;
    return name === undefined ? null : this.#endOf(name, step === 1 ? 'newest' : 'oldest');
  }

  async #endOf(name: string, end: 'newest' | 'oldest'): Promise<TilePicture | null> {
    const isHeld = (month: Month) => (end === 'newest' ? month.hasNewest : month.hasOldest);
    const before = this.find(name)!;
    if (!isHeld(before)) await this.#load(name, around(before, end === 'newest' ? 0 : before.count - 1));
    const month = this.find(name);
    return month && isHeld(month) ? month.picture(end === 'newest' ? 0 : month.loaded - 1) : null;
  }
}

export const timeline = new Timeline();
