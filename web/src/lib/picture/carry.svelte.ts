import './carry.css';
import type { TilePicture } from '$lib/timeline/month';

/** Pictures on their way, by the mouse. */
export interface Load {
  ids: readonly string[];
  /** What is known of one. */
  tile: (id: string) => TilePicture | null | undefined;
}

/** Somewhere else than a list, where pictures can be dropped. */
export type Taker = (load: Load) => void;

const takers = new Map<Element, Taker>();

/** What is carried over the page, and over which place that would take it. */
class Carry {
  load = $state.raw<Load | null>(null);
  /** What was dropped on the albums, of which one is to be chosen. */
  asking = $state.raw<readonly string[] | null>(null);
  /** The pointer is where something takes it. */
  taken = $state(false);
  #over: Element | null = null;

  begin(load: Load) {
    this.load = load;
  }

  /** Returns whether something there would take it. */
  at(clientX: number, clientY: number): boolean {
    let place = document.elementFromPoint(clientX, clientY);
    while (place && !takers.has(place)) place = place.parentElement;
    this.#mark(place);
    return place !== null;
  }

  /** Lets go. Returns whether something took it. */
  drop(): boolean {
    const taker = this.#over && takers.get(this.#over);
    const load = this.load;
    this.end();
    if (!taker || !load) return false;
    taker(load);
    return true;
  }

  end() {
    this.load = null;
    this.#mark(null);
  }

  #mark(place: Element | null) {
    if (place === this.#over) return;
    this.#over?.removeAttribute('data-dropping');
    place?.setAttribute('data-dropping', '');
    this.#over = place;
    this.taken = place !== null;
  }
}

export const carry = new Carry();

/** Lets pictures be dropped onto an element; for `{@attach}`. */
export function takesPictures(taker: Taker | null) {
  return (element: Element) => {
    if (!taker) return;
    takers.set(element, taker);
    return () => void takers.delete(element);
  };
}
