/** Scrolls in a row that each passed more than a screen and a half: nobody sees a tile of that, so none is made. */
const leapScreens = 1.5;
const leapsOfAFling = 2;

/** So far beyond the screen tiles are made in the end, and so much further in each frame. */
const aroundPx = 500;
const stepPx = 250;

/**
 * How fast one goes through the library, and what is drawn at that pace. Making tiles for every frame of a fling, or of a drag of the scrubber, costs
 * each frame tens of milliseconds on a small machine. One leap alone is a jump to a place, whose tiles are wanted: those in sight at once, those
 * around them in the frames that follow.
 */
export class Pace {
  /** Too fast to see a picture. */
  flung = $state(false);
  /** How far beyond what is seen tiles are made. */
  around = $state(0);
  #leaps = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #growing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly restMs: number) {}

  /** @param movedPx between one scroll and the next; the browser also tells of scrolls that we made and know of */
  moved(movedPx: number, viewHeight: number) {
    if (movedPx === 0) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#end(), this.restMs);
    const leapt = Math.abs(movedPx) > leapScreens * viewHeight;
    this.#leaps = leapt ? this.#leaps + 1 : 0;
    const was = this.flung;
    this.flung = this.#leaps >= leapsOfAFling;
    if (leapt || was !== this.flung) this.arrive();
  }

  /** All tiles in sight are new: what is around them waits until they are there. */
  arrive() {
    this.around = 0;
    this.#grow();
  }

  stop() {
    clearTimeout(this.#rest);
    clearTimeout(this.#growing);
  }

  #grow() {
    clearTimeout(this.#growing);
    if (this.flung || this.around >= aroundPx) return;
    // Behind the frame that is being made, and then before the next one.
    this.#growing = setTimeout(() =>
      requestAnimationFrame(() => {
        if (this.flung || this.around >= aroundPx) return;
        this.around += stepPx;
        this.#grow();
      }),
    );
  }

  #end() {
    this.#leaps = 0;
    if (!this.flung) return;
    this.flung = false;
    this.arrive();
  }
}
