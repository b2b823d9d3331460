/** Scrolls in a row that each passed more than a screen and a half: nobody sees a tile of that, so none is made. */
const leapScreens = 1.5;
const leapsOfAFling = 2;

/**
 * Whether one flings through the library, or drags the scrubber, too fast to see a picture. Making tiles for every frame of
 * that costs each frame tens of milliseconds on a small machine. One leap alone is a jump to a place, whose tiles are wanted.
 */
export class Fling {
  active = $state(false);
  #leaps = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly restMs: number) {}

  /** @param movedPx between one scroll and the next; the browser also tells of scrolls that we made and know of */
  moved(movedPx: number, viewHeight: number) {
    if (movedPx === 0) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#end(), this.restMs);
    this.#leaps = Math.abs(movedPx) > leapScreens * viewHeight ? this.#leaps + 1 : 0;
    this.active = this.#leaps >= leapsOfAFling;
  }

  #end() {
    this.#leaps = 0;
    this.active = false;
  }
}
