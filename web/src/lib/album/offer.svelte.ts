import { api, data, type TimelinePage } from '$lib/api/client';
import { Month, type TilePicture } from '$lib/timeline/month';
import { styleFor } from '$lib/timeline/style';

/** Further down, one chooses a month: no list grows without end. */
const mostHeld = 4_000;

/** The library as it is offered to an album: from a chosen month on to older ones, page by page. */
export class Offer {
  months = $state.raw<{ month: string; count: number }[]>([]);
  opened = $state(false);
  failed = $state(false);
  tiles = $state.raw<TilePicture[]>([]);
  /** The month at which it begins. */
  from = $state('');
  /** There are older ones, which are not held. */
  full = $state(false);

  #at = 0;
  #cursor: string | null = null;
  #running: Promise<void> | undefined;

  get month() {
    return this.from;
  }

  async open() {
    this.failed = false;
    try {
      this.months = await data(api.GET('/api/timeline'));
      this.opened = true;
      if (this.months[0]) this.jump(this.months[0].month);
    } catch {
      this.failed = true;
    }
  }

  jump(month: string) {
    this.from = month;
    this.tiles = [];
    this.full = false;
    this.#at = this.months.findIndex((each) => each.month === month);
    this.#cursor = null;
    this.#running = undefined;
  }

  more(): Promise<void> {
    this.#running ??= this.#more(this.from).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #more(from: string) {
    const month = this.months[this.#at];
    if (!month) return;
    if (this.tiles.length >= mostHeld) return void (this.full = true);
    try {
      const page: TimelinePage = await data(
        api.GET('/api/timeline/{month}', { params: { path: { month: month.month }, query: this.#cursor === null ? {} : { cursor: this.#cursor } } }),
      );
      if (from !== this.from) return; // another month was chosen meanwhile
      this.#cursor = page.next;
      if (page.next === null) this.#at++;
      const columns = new Month(month.month, page.count, styleFor(1000), page);
      this.tiles = [...this.tiles, ...page.ids.map((_, at) => columns.picture(at))];
      // What was in the month is gone: then there is nothing to scroll to, which would ask for more.
      if (page.ids.length === 0) await this.#more(from);
    } catch {
      this.failed = this.tiles.length === 0;
    }
  }
}
