/** How long each picture is looked at. */
const eachMs = 5_000;

/** Leafs on by itself, from newer to older, until somebody stops it or the last picture has been shown. */
export class Slideshow {
  playing = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** By a key of the browser's own, which no page hears. */
  readonly #leftFullscreen = () => {
    if (!document.fullscreenElement) this.stop();
  };

  constructor(private readonly stage: () => HTMLElement) {}

  start() {
    this.playing = true;
    document.addEventListener('fullscreenchange', this.#leftFullscreen);
    // Where the browser has it; a slideshow in a window is one, too.
    void this.stage().requestFullscreen?.().catch(() => undefined);
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    clearTimeout(this.#timer);
    document.removeEventListener('fullscreenchange', this.#leftFullscreen);
    if (document.fullscreenElement === this.stage()) void document.exitFullscreen().catch(() => undefined);
  }

  /** Called with each picture that comes on: after a while the next follows. Returns how to forget that. */
  shown(next: (() => void) | null): () => void {
    if (this.playing) this.#timer = setTimeout(() => (next ? next() : this.stop()), eachMs);
    return () => clearTimeout(this.#timer);
  }
}
