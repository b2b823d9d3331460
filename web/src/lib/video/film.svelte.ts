import { untrack } from 'svelte';
import { device } from '$lib/settings/device.svelte';
import { besideSpeed, rememberedLiking, rememberLiking } from './remembered';
import { Seeker } from './seeker';

const heard = ['play', 'pause', 'timeupdate', 'seeking', 'seeked', 'durationchange', 'progress', 'volumechange', 'ratechange', 'waiting', 'playing', 'canplay', 'ended'] as const;

/** Of iPhones, which show videos over the whole screen in a player of their own only. */
interface PhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

/** A video that is played: what it does, for its controls, and what one can have it do. Loudness and speed are those of the last one. */
export class Film {
  paused = $state(true);
  ended = $state(false);
  /** It would play on, and waits for bytes. */
  waiting = $state(false);
  at = $state(0);
  length = $state(0);
  /** How far it has been loaded from where it is. */
  loaded = $state(0);
  muted = $state(false);
  volume = $state(1);
  speed = $state(1);
  apart = $state(false);
  full = $state(false);

  readonly canStandApart = document.pictureInPictureEnabled === true;
  #video: PhoneVideo | null = null;
  #seeker: Seeker | null = null;

  /** @param stage what fills the screen, with its controls */
  constructor(private readonly stage: () => HTMLElement) {}

  get canFill() {
    return document.fullscreenEnabled === true || this.#video?.webkitEnterFullscreen !== undefined;
  }

  /** Takes over a video element; for `{@attach}`. */
  readonly take = (video: HTMLVideoElement) => {
    this.#video = video;
    this.#seeker = new Seeker(video);
    const { volume, muted, speed } = rememberedLiking();
    Object.assign(video, { volume, muted, defaultPlaybackRate: speed, playbackRate: speed });
    const hear = (event: Event) => this.#hear(event.type);
    const apart = () => (this.apart = document.pictureInPictureElement === video);
    const full = () => (this.full = document.fullscreenElement === this.stage());
    for (const name of heard) video.addEventListener(name, hear);
    for (const name of ['enterpictureinpicture', 'leavepictureinpicture']) video.addEventListener(name, apart);
    document.addEventListener('fullscreenchange', full);
    untrack(() => this.#hear(''));
    // Somebody who spares data begins it by hand.
    if (!untrack(() => device.spares)) this.play();
    return () => {
      document.removeEventListener('fullscreenchange', full);
      this.#video = this.#seeker = null;
    };
  };

  #hear(event: string) {
    const video = this.#video;
    if (!video) return;
    if (event === 'seeked') this.#seeker!.arrived();
    if (event === 'waiting') this.waiting = true;
    if (event === 'playing' || event === 'canplay' || event === 'pause') this.waiting = false;
    this.paused = video.paused;
    this.ended = video.ended;
    this.at = this.#seeker!.at;
    this.length = Number.isFinite(video.duration) ? video.duration : 0;
    this.loaded = this.#loadedTo(video.buffered);
    this.speed = video.playbackRate;
    const changed = this.volume !== video.volume || this.muted !== video.muted;
    this.volume = video.volume;
    this.muted = video.muted;
    if ((event === 'volumechange' && changed) || event === 'ratechange') rememberLiking({ volume: this.volume, muted: this.muted, speed: this.speed });
  }

  #loadedTo(ranges: TimeRanges) {
    for (let range = 0; range < ranges.length; range++) {
      if (ranges.start(range) <= this.at + 0.1 && ranges.end(range) >= this.at) return ranges.end(range);
    }
    return 0;
  }

  /** A browser that lets nothing sound by itself leaves the video standing; the button is the way on. */
  play() {
    void this.#video?.play().catch(() => undefined);
  }

  toggle() {
    if (this.#video?.paused) this.play();
    else this.#video?.pause();
  }

  seek(seconds: number) {
    if (this.length === 0) return;
    this.#seeker?.to(Math.min(this.length, Math.max(0, seconds)));
    this.at = this.#seeker?.at ?? 0;
  }

  skip(seconds: number) {
    this.seek((this.#seeker?.at ?? 0) + seconds);
  }

  setSpeed(speed: number) {
    if (this.#video) this.#video.defaultPlaybackRate = this.#video.playbackRate = speed;
  }

  changeSpeed(step: 1 | -1) {
    // What is shown follows the browser's word a little later; whoever presses twice means two steps.
    if (this.#video) this.setSpeed(besideSpeed(this.#video.playbackRate, step));
  }

  setVolume(volume: number) {
    if (!this.#video) return;
    this.#video.volume = volume;
    this.#video.muted = volume === 0;
  }

  toggleSound() {
    if (!this.#video) return;
    this.#video.muted = !this.#video.muted;
    if (!this.#video.muted && this.#video.volume === 0) this.#video.volume = 0.5;
  }

  async toggleApart() {
    if (!this.#video || !this.canStandApart) return;
    if (this.apart) await document.exitPictureInPicture();
    // Refused before its first frame is known.
    else await this.#video.requestPictureInPicture().catch(() => undefined);
  }

  async toggleFull() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await this.stage().requestFullscreen().catch(() => undefined);
    else this.#video?.webkitEnterFullscreen?.();
  }
}
