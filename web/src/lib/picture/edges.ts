/** So near to an edge, a list scrolls by itself: at the edge by so much a frame. */
const edgePx = 72;
const fastestPx = 18;

/** Who stays at an edge has far to go: from then on it becomes faster, until so many times as fast. */
const patienceMs = 1_500;
const fasterTimes = 6;

/** How far a list is to be scrolled in this frame, with the pointer at `y` for so long already. */
export function pushAt(y: number, top: number, bottom: number, thereMs: number): number {
  const into = Math.max(y - (bottom - edgePx), 0) - Math.max(top + edgePx - y, 0);
  const haste = Math.min(fasterTimes, Math.max(1, thereMs / patienceMs));
  return Math.max(-1, Math.min(1, into / edgePx)) * fastestPx * haste;
}

/** Scrolls a list while something is dragged to its edge, frame by frame, until it is ended. */
export class EdgeScroll {
  #frame = 0;
  #since: number | null = null;
  #x = 0;
  #y = 0;

  /** @param onscroll what lies under the pointer has changed */
  constructor(
    private readonly scroller: () => HTMLElement | null | undefined,
    private readonly onscroll: () => void,
  ) {}

  /** The pointer is there now. */
  at(x: number, y: number) {
    this.#x = x;
    this.#y = y;
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#scroll(now));
  }

  end() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#since = null;
  }

  #scroll(now: number) {
    const scroller = this.scroller();
    if (!scroller) return this.end();
    const { top, bottom, left, right } = scroller.getBoundingClientRect();
    // Beside it there are other things to drag to.
    const beside = this.#x < left || this.#x > right;
    const push = beside ? 0 : pushAt(this.#y, top, bottom, this.#since === null ? 0 : now - this.#since);
    if (push === 0) this.#since = null;
    else {
      this.#since ??= now;
      scroller.scrollTop += push;
      this.onscroll();
    }
    this.#frame = requestAnimationFrame((next) => this.#scroll(next));
  }
}
