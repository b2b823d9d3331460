import { expect, test } from 'vitest';
import { Seeker } from './seeker';

/** A video that seeks for as long as a test wants. */
class SlowVideo {
  seeking = false;
  readonly asked: number[] = [];

  get currentTime() {
    return this.asked.at(-1) ?? 0;
  }

  set currentTime(seconds: number) {
    this.asked.push(seconds);
    this.seeking = true;
  }

  finish(seeker: Seeker) {
    this.seeking = false;
    seeker.arrived();
  }
}

test('while a frame is looked for, only the last wish is kept', () => {
  const video = new SlowVideo();
  const seeker = new Seeker(video);
  for (const seconds of [1, 2, 3, 4]) seeker.to(seconds);
  expect(video.asked).toEqual([1]);
  expect(seeker.at).toBe(4);
  video.finish(seeker);
  expect(video.asked).toEqual([1, 4]);
  video.finish(seeker);
  expect(video.asked).toEqual([1, 4]);
  expect(video.seeking).toBe(false);
});

test('a video at rest goes at once, also to its beginning', () => {
  const video = new SlowVideo();
  const seeker = new Seeker(video);
  seeker.to(5);
  video.finish(seeker);
  seeker.to(0);
  expect(video.asked).toEqual([5, 0]);
});
