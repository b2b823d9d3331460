import { SvelteSet } from 'svelte/reactivity';
import { Stroke, type Between } from './stroke';

/** The checked pictures of one page, and the one that a range would start from. */
export class Selection {
  readonly ids = new SvelteSet<string>();
  #start: string | null = null;

  get count() {
    return this.ids.size;
  }

  toggle(id: string) {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#start = id;
  }

  /** Checks everything from the last toggled picture to this one. */
  async extendTo(id: string, between: Between) {
    if (this.#start === null) return this.toggle(id);
    for (const each of await between(this.#start, id)) this.ids.add(each);
    this.#start = id;
  }

  /** Begins to draw a range from a picture, which is checked or unchecked with it. */
  strokeFrom(id: string, between: Between): Stroke {
    this.#start = id;
    return new Stroke(id, this.ids, between);
  }

  /** Checks all, or none if all were checked. */
  toggleAll(ids: readonly string[]) {
    const all = ids.every((id) => this.ids.has(id));
    for (const id of ids) {
      if (all) this.ids.delete(id);
      else this.ids.add(id);
    }
    this.#start = ids.at(-1) ?? null;
  }

  /** Those that are checked, of which none is any more: something is being done with them. */
  take(): string[] {
    const ids = [...this.ids];
    this.clear();
    return ids;
  }

  clear() {
    this.ids.clear();
    this.#start = null;
  }
}
