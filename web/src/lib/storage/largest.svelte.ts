import { api, data, type Picture } from '$lib/api/client';

/** So many at once; a page of a screen has a dozen. */
const portion = 50;

/** The largest files outside of the trash, the largest first, as far as somebody has asked for them. */
export class Largest {
  pictures = $state.raw<Picture[]>([]);
  /** Cursor of the page that follows; null when all are there, undefined before the first. */
  next = $state.raw<string | null | undefined>(undefined);
  failed = $state(false);
  busy = $state(false);

  async more() {
    if (this.busy || this.next === null) return;
    this.busy = true;
    const before = this.next;
    try {
      const page = await this.#page(before, portion);
      const known = new Set(this.pictures.map(({ id }) => id));
      this.pictures = [...this.pictures, ...page.pictures.filter(({ id }) => !known.has(id))];
      this.next = page.next;
      this.failed = false;
    } catch {
      this.failed = true;
    } finally {
      this.busy = false;
    }
  }

  /** As many as are held, from the beginning: in one request, as nobody has asked for more than that. */
  async again() {
    const wanted = Math.min(1000, Math.max(portion, this.pictures.length));
    try {
      const page = await this.#page(undefined, wanted);
      this.pictures = page.pictures;
      this.next = page.next;
      this.failed = false;
    } catch {
      this.failed = this.pictures.length === 0;
    }
  }

  takeOut(ids: Iterable<string>) {
    const gone = new Set(ids);
    this.pictures = this.pictures.filter(({ id }) => !gone.has(id));
  }

  #page(cursor: string | null | undefined, limit: number) {
    return data(api.GET('/api/storage/largest', { params: { query: { limit, ...(cursor ? { cursor } : {}) } } }));
  }
}
