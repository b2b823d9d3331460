/** Long enough that a chunk's end is no standstill, short enough that a slower network shows. */
const windowMs = 10_000;
/** One before, or a first burst into the buffers of the network would promise too much. */
const leastMs = 1_000;

/** How fast bytes go, from those of the last ten seconds. */
export class Pace {
  #steps: { at: number; bytes: number }[] = [];
  #beganAt: number | null = null;

  note(bytes: number, now: number) {
    this.#beganAt ??= now;
    this.#steps.push({ at: now, bytes });
    this.#forget(now);
  }

  /** Null while too little is known, or nothing moves. */
  bytesPerSecond(now: number): number | null {
    this.#forget(now);
    if (this.#beganAt === null || this.#steps.length === 0) return null;
    const spanMs = Math.min(windowMs, now - this.#beganAt);
    if (spanMs < leastMs) return null;
    return (this.#steps.reduce((sum, { bytes }) => sum + bytes, 0) * 1000) / spanMs;
  }

  /** After a pause the speed from before it says nothing. */
  reset() {
    this.#steps = [];
    this.#beganAt = null;
  }

  #forget(now: number) {
    const tooOld = this.#steps.findIndex(({ at }) => at > now - windowMs);
    if (tooOld === -1) this.#steps = [];
    else if (tooOld > 0) this.#steps.splice(0, tooOld);
  }
}
