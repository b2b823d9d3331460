import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from './pace.svelte';

const restMs = 90;
const viewHeight = 800;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('one leap goes to a place, whose pictures are wanted', () => {
  const pace = new Pace(restMs);
  pace.moved(50_000, viewHeight);
  expect(pace.flung).toBe(false);
});

test('leap after leap is a fling, in either direction, until the eye rests', () => {
  const pace = new Pace(restMs);
  pace.moved(8_000, viewHeight);
  vi.advanceTimersByTime(16);
  pace.moved(-8_000, viewHeight);
  expect(pace.flung).toBe(true);
  vi.advanceTimersByTime(restMs);
  expect(pace.flung).toBe(false);
});

test('what the browser tells of a scroll that is known already ends no fling', () => {
  const pace = new Pace(restMs);
  for (let frame = 0; frame < 3; frame++) {
    pace.moved(8_000, viewHeight);
    pace.moved(0, viewHeight);
  }
  expect(pace.flung).toBe(true);
});

test('slowing down shows the pictures at once', () => {
  const pace = new Pace(restMs);
  pace.moved(8_000, viewHeight);
  pace.moved(8_000, viewHeight);
  pace.moved(300, viewHeight);
  expect(pace.flung).toBe(false);
});

test('jumps with rests between them are no fling', () => {
  const pace = new Pace(restMs);
  pace.moved(8_000, viewHeight);
  vi.advanceTimersByTime(restMs);
  pace.moved(8_000, viewHeight);
  expect(pace.flung).toBe(false);
});

test('what is around a place is drawn in the frames after what is seen', () => {
  const pace = new Pace(restMs);
  pace.arrive();
  const drawn = [pace.around];
  while (drawn.length < 5) {
    vi.advanceTimersByTime(20);
    drawn.push(pace.around);
  }
  expect(drawn).toEqual([0, 250, 500, 500, 500]);
  pace.moved(300, viewHeight);
  expect(pace.around).toBe(500);
  pace.moved(50_000, viewHeight);
  expect(pace.around).toBe(0);
});

test('while one flings nothing around is drawn, and afterwards what is seen first', () => {
  const pace = new Pace(restMs);
  for (let frame = 0; frame < 4; frame++) {
    pace.moved(8_000, viewHeight);
    vi.advanceTimersByTime(40);
  }
  expect([pace.flung, pace.around]).toEqual([true, 0]);
  vi.advanceTimersByTime(restMs - 40);
  expect([pace.flung, pace.around]).toEqual([false, 0]);
  vi.advanceTimersByTime(100);
  expect(pace.around).toBe(500);
});
