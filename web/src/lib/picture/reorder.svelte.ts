import type { Drop } from './drop';

/** Further than a hand trembles while it clicks. */
const startPx = 6;
/** So near to an edge, the list scrolls by itself: at the edge by so much a frame. */
const edgePx = 72;
const fastestPx = 18;

interface Options {
  scroller: () => HTMLElement | null;
  /** Where a point of the window would drop. */
  dropAt: (clientX: number, clientY: number) => Drop | null;
  /** What is dragged along with a tile. */
  with: (id: string) => string[];
  ondrop: (ids: string[], index: number) => void;
}

/**
 * Dragging tiles to another place, by mouse or by a finger that has rested on one. Pointer events, because the drag and drop of browsers knows no
 * fingers and draws what it likes.
 */
export class Reorder {
  ids = $state.raw<readonly string[]>([]);
  drop = $state.raw<Drop | null>(null);
  pointer = $state.raw({ x: 0, y: 0 });

  #press: { id: string; x: number; y: number; touch: boolean; held: boolean } | null = null;
  #frame = 0;

  constructor(readonly options: Options) {}

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
      this.#frame = requestAnimationFrame(() => this.#scroll());
    }
    this.pointer = { x: event.clientX, y: event.clientY };
    this.drop = this.options.dropAt(event.clientX, event.clientY);
  }

  release() {
    const { ids, drop } = this;
    const dragged = this.active;
    this.cancel();
    if (!dragged) return;
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
    if (drop) this.options.ondrop([...ids], drop.index);
  }

  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#press = null;
    this.ids = [];
    this.drop = null;
  }

  #scroll() {
    const scroller = this.options.scroller();
    if (!scroller) return this.cancel();
    const { top, bottom } = scroller.getBoundingClientRect();
    const { x, y } = this.pointer;
    const into = Math.max(top + edgePx - y, 0) * -1 + Math.max(y - (bottom - edgePx), 0);
    if (into !== 0) {
      scroller.scrollTop += Math.max(-1, Math.min(1, into / edgePx)) * fastestPx;
      this.drop = this.options.dropAt(x, y);
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}

/** The click that ends a drag opens nothing. */
function swallow(event: Event) {
  event.preventDefault();
  event.stopPropagation();
}
