import { api, data, type Picture } from '$lib/api/client';

export type ShelfName = 'favourites' | 'archived';

/** The pictures of one list, newest first, as far as they have been scrolled to. */
export class Shelf {
  pictures = $state.raw<Picture[]>([]);
  /** Cursor of the page that follows; null when all are there, undefined before the first. */
  next = $state.raw<string | null | undefined>(undefined);
  failed = $state(false);
  #loading = false;

  constructor(readonly name: ShelfName) {}

  async more() {
    if (this.#loading || this.next === null) return;
    this.#loading = true;
    try {
      const cursor = this.next;
      const page = await data(api.GET('/api/pictures', { params: { query: { shelf: this.name, ...(cursor === undefined ? {} : { cursor }) } } }));
      this.pictures = [...this.pictures, ...page.pictures];
      this.next = page.next;
      this.failed = false;
    } catch {
      this.failed = true;
    } finally {
      this.#loading = false;
    }
  }

  /** From the beginning, when more has changed than is known here. */
  async again() {
    this.pictures = [];
    this.next = undefined;
    await this.more();
  }

  takeOut(ids: Iterable<string>) {
    const gone = new Set(ids);
    this.pictures = this.pictures.filter(({ id }) => !gone.has(id));
  }

  has(id: string) {
    return this.pictures.some((picture) => picture.id === id);
  }
}
