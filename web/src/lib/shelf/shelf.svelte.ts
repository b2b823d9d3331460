import type { Picture } from '$lib/api/client';

export interface PictureList {
  pictures: Picture[];
  next: string | null;
}

/** The pictures of one list, newest first, as far as they have been scrolled to. */
export class Shelf {
  pictures = $state.raw<Picture[]>([]);
  /** Cursor of the page that follows; null when all are there, undefined before the first. */
  next = $state.raw<string | null | undefined>(undefined);
  failed = $state(false);
  readonly #page: (cursor: string | undefined) => Promise<PictureList>;
  #loading = false;

  constructor(page: (cursor: string | undefined) => Promise<PictureList>) {
    this.#page = page;
  }

  async more() {
    if (this.#loading || this.next === null) return;
    this.#loading = true;
    const before = this.pictures;
    try {
      const page = await this.#page(this.next ?? undefined);
      this.failed = false;
      // Begun anew meanwhile: whoever comes near the end asks again.
      if (this.pictures !== before) return;
      this.pictures = [...before, ...page.pictures];
      this.next = page.next;
    } catch {
      this.failed = true;
    } finally {
      this.#loading = false;
    }
  }

  /** As many as were held, from the beginning, when more has changed than is known here. */
  async again() {
    const wanted = this.pictures.length;
    try {
      const pictures: Picture[] = [];
      let next: string | null | undefined;
      do {
        const page = await this.#page(next ?? undefined);
        pictures.push(...page.pictures);
        next = page.next;
      } while (next !== null && pictures.length < wanted);
      this.pictures = pictures;
      this.next = next;
    } catch {
      this.failed = this.pictures.length === 0;
    }
  }

  takeOut(ids: Iterable<string>) {
    const gone = new Set(ids);
    this.pictures = this.pictures.filter(({ id }) => !gone.has(id));
  }
}
