/** What a seek needs of a video. */
export interface Seekable {
  currentTime: number;
  readonly seeking: boolean;
}

/**
 * Takes a video to where somebody points. A browser that is sent somewhere else while it still looks for a frame begins anew and shows none as
 * long as the pointer moves; so there is one seek at a time, and of the wishes meanwhile the last.
 */
export class Seeker {
  #wanted: number | null = null;

  constructor(private readonly video: Seekable) {}

  to(seconds: number) {
    this.#wanted = seconds;
    if (!this.video.seeking) this.arrived();
  }

  /** To be called when a seek has ended. */
  arrived() {
    if (this.#wanted === null) return;
    this.video.currentTime = this.#wanted;
    this.#wanted = null;
  }

  /** Where the video is, or will be. */
  get at() {
    return this.#wanted ?? this.video.currentTime;
  }
}
