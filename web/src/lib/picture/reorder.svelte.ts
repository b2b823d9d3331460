import type { TilePicture } from '$lib/timeline/month';
import { carry } from './carry.svelte';
import type { Drop } from './drop';
import { EdgeScroll } from './edges';
import { swallowClick } from './swallow';

/** Further than a hand trembles while it clicks. */
const startPx = 6;

interface Options {
  scroller: () => HTMLElement | null | undefined;
  /** Where in the list a point of the window would drop; null where there is no order to change. */
  dropAt: (clientX: number, clientY: number) => Drop | null;
  /** What is dragged along with a tile. */
  with: (id: string) => string[];
  ondrop: (ids: string[], index: number) => void;
  tile: (id: string) => TilePicture | null | undefined;
  /** Something else than the list took them. */
  ontaken: () => void;
}

/**
 * Dragging tiles to another place, by mouse or by a finger that has rested on one; by mouse also to whatever else takes pictures. Pointer
 * events, because the drag and drop of browsers knows no fingers and draws what it likes.
 */
export class Reorder {
  ids = $state.raw<readonly string[]>([]);
  drop = $state.raw<Drop | null>(null);
  pointer = $state.raw({ x: 0, y: 0 });

  #press: { id: string; x: number; y: number; touch: boolean; held: boolean } | null = null;
  readonly #edges: EdgeScroll;

  constructor(readonly options: Options) {
    this.#edges = new EdgeScroll(options.scroller, () => this.#aim());
  }

  /** The tile under which the mouse or the finger went down. */
  get pressed() {
    return this.#press?.id;
  }

  get active() {
    return this.ids.length > 0;
  }

  press(id: string, event: PointerEvent) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.#press = { id, x: event.clientX, y: event.clientY, touch: event.pointerType === 'touch', held: false };
  }

  /** A finger has rested on a tile. Returns false when no finger is down. */
  hold(): boolean {
    if (!this.#press?.touch) return false;
    this.#press.held = true;
    return true;
  }

  /** Whether the finger carries, and must not scroll. */
  get held() {
    return this.active || this.#press?.held === true;
  }

  move(event: PointerEvent) {
    const press = this.#press;
    if (!press) return;
    if (!this.active) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < startPx) return;
      if (press.touch && !press.held) return this.cancel();
      this.ids = this.options.with(press.id);
      if (!press.touch) carry.begin({ ids: this.ids, tile: this.options.tile });
    }
    this.pointer = { x: event.clientX, y: event.clientY };
    this.#edges.at(event.clientX, event.clientY);
    this.#aim();
  }

  release() {
    const { ids, drop } = this;
    const dragged = this.active;
    const taken = dragged && carry.drop();
    this.cancel();
    if (!dragged) return;
    swallowClick();
    // Which album it is to be is still asked: what was selected stays so.
    if (taken && carry.asking === null) this.options.ontaken();
    if (!taken && drop) this.options.ondrop([...ids], drop.index);
  }

  cancel() {
    this.#edges.end();
    if (this.active) carry.end();
    this.#press = null;
    this.ids = [];
    this.drop = null;
  }

  #aim() {
    const { x, y } = this.pointer;
    const elsewhere = carry.load !== null && carry.at(x, y);
    this.drop = elsewhere ? null : this.options.dropAt(x, y);
  }
}
