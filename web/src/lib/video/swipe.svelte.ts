/** A finger this fast means what it does, however short the way. */
const fastMs = 250;
const fastPx = 30;
const tapPx = 10;
/** Downwards it closes, which nobody wants to do by accident. */
const downPx = 90;

interface Options {
  width: () => number;
  onstep: (step: 1 | -1) => void;
  onclose: () => void;
  ontap: () => void;
}

/** One finger on what does not enlarge: sideways leafs, down closes, and what follows it meanwhile. */
export class Swipe {
  drag = $state.raw({ x: 0, y: 0 });
  #start: { pointer: number; x: number; y: number; at: number } | null = null;

  constructor(private readonly options: Options) {}

  down(event: PointerEvent) {
    if (event.pointerType !== 'touch') return;
    // A second finger means something else.
    if (!event.isPrimary) return this.cancel();
    this.#start = { pointer: event.pointerId, x: event.clientX, y: event.clientY, at: event.timeStamp };
  }

  move(event: PointerEvent) {
    const start = this.#start;
    if (start?.pointer === event.pointerId) this.drag = { x: event.clientX - start.x, y: Math.max(0, event.clientY - start.y) };
  }

  up(event: PointerEvent) {
    const start = this.#start;
    if (start?.pointer !== event.pointerId) return;
    this.#start = null;
    const { x, y } = this.drag;
    const fast = event.timeStamp - start.at < fastMs;
    const enough = fast ? fastPx : this.options.width() / 4;
    // Not put back before: it goes to its tile from where the finger left it.
    if (y > Math.max(downPx, enough) && y >= Math.abs(x)) return this.options.onclose();
    this.drag = { x: 0, y: 0 };
    if (Math.abs(x) > enough && Math.abs(x) > y) this.options.onstep(x < 0 ? 1 : -1);
    else if (fast && Math.hypot(x, y) < tapPx) this.options.ontap();
  }

  cancel() {
    this.#start = null;
    this.drag = { x: 0, y: 0 };
  }
}
