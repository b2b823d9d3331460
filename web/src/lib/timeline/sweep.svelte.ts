import { EdgeScroll } from '$lib/picture/edges';
import { swallowClick } from '$lib/picture/swallow';
import type { Selection } from './selection.svelte';
import type { Between, Stroke } from './stroke';

/** Further than a hand trembles while it clicks. */
const startPx = 6;

interface Options {
  selection: Selection;
  scroller: () => HTMLElement | null | undefined;
  /** The picture at a point of the window, or the nearest; null where it is not known yet. */
  at: (clientX: number, clientY: number) => string | null;
  between: Between;
  onfailure: (error: unknown) => void;
}

/**
 * Selecting by dragging over tiles: a finger that has rested on one, or the mouse from its check mark. Fingers are followed by touch events of the
 * very element they came down on, which tell of it even when that has scrolled away and is gone from the page.
 */
export class Sweep {
  active = $state(false);
  #press: { id: string; target: EventTarget; touch: boolean; x: number; y: number } | null = null;
  #stroke: Stroke | null = null;
  #pointer = { x: 0, y: 0 };
  #letGo: (() => void) | null = null;
  readonly #edges: EdgeScroll;

  constructor(private readonly options: Options) {
    this.#edges = new EdgeScroll(options.scroller, () => this.aim());
  }

  /** A finger or the mouse came down somewhere on the tiles. */
  press(event: PointerEvent) {
    if (this.active || !event.isPrimary || event.button !== 0) return;
    const target = event.target as HTMLElement;
    const touch = event.pointerType === 'touch';
    const tile = touch ? target.closest<HTMLElement>('[data-picture]') : target.closest('[role=checkbox]')?.parentElement?.querySelector<HTMLElement>('[data-picture]');
    this.#press = tile ? { id: tile.dataset.picture!, target, touch, x: event.clientX, y: event.clientY } : null;
  }

  /** A finger has rested on the tile. Returns false when none is down there. */
  hold(id: string): boolean {
    const press = this.#press;
    if (!press?.touch || press.id !== id) return false;
    const move = (event: Event) => {
      event.preventDefault();
      const finger = (event as TouchEvent).targetTouches[0];
      if (finger) this.#to(finger.clientX, finger.clientY);
    };
    // Else the browser would click at the end of it.
    const end = (event: Event) => {
      event.preventDefault();
      this.end();
    };
    press.target.addEventListener('touchmove', move, { passive: false });
    press.target.addEventListener('touchend', end, { passive: false });
    press.target.addEventListener('touchcancel', end, { passive: false });
    this.#letGo = () => {
      press.target.removeEventListener('touchmove', move);
      press.target.removeEventListener('touchend', end);
      press.target.removeEventListener('touchcancel', end);
    };
    this.#begin(press);
    return true;
  }

  /** The mouse has moved, anywhere. */
  move(event: PointerEvent) {
    const press = this.#press;
    if (!press || press.touch) return;
    if (!this.active) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < startPx) return;
      this.#begin(press);
    }
    this.#to(event.clientX, event.clientY);
  }

  /** The mouse has been let go. */
  release() {
    if (this.#press?.touch && this.active) return;
    if (this.active) swallowClick();
    this.end();
  }

  /** The browser took the finger for something else, such as scrolling. */
  cancel() {
    if (!this.active) this.#press = null;
  }

  end() {
    this.#letGo?.();
    this.#letGo = null;
    this.#edges.end();
    this.#press = null;
    this.#stroke = null;
    this.active = false;
  }

  /** Takes in what is under the pointer by now, as the list has scrolled or more of it has come. */
  aim() {
    const id = this.#stroke && this.options.at(this.#pointer.x, this.#pointer.y);
    if (id) this.#stroke!.to(id).catch(this.options.onfailure);
  }

  #begin({ id, x, y }: { id: string; x: number; y: number }) {
    this.#pointer = { x, y };
    this.#stroke = this.options.selection.strokeFrom(id, this.options.between);
    this.active = true;
  }

  #to(x: number, y: number) {
    this.#pointer = { x, y };
    this.#edges.at(x, y);
    this.aim();
  }
}

/** A finger that selects does not scroll. Said before the browser has begun to, and known to it before the finger comes down. */
export function holdsStill(held: () => boolean) {
  return (element: HTMLElement) => {
    const still = (event: TouchEvent) => held() && event.preventDefault();
    element.addEventListener('touchmove', still, { passive: false });
    return () => element.removeEventListener('touchmove', still);
  };
}
