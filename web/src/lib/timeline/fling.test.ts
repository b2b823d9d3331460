import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Fling } from './fling.svelte';

const restMs = 90;
const viewHeight = 800;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('one leap goes to a place, whose pictures are wanted', () => {
  const fling = new Fling(restMs);
  fling.moved(50_000, viewHeight);
  expect(fling.active).toBe(false);
});

test('leap after leap is a fling, in either direction, until the eye rests', () => {
  const fling = new Fling(restMs);
  fling.moved(8_000, viewHeight);
  vi.advanceTimersByTime(16);
  fling.moved(-8_000, viewHeight);
  expect(fling.active).toBe(true);
  vi.advanceTimersByTime(restMs);
  expect(fling.active).toBe(false);
});

test('what the browser tells of a scroll that is known already ends no fling', () => {
  const fling = new Fling(restMs);
  for (let frame = 0; frame < 3; frame++) {
    fling.moved(8_000, viewHeight);
    fling.moved(0, viewHeight);
  }
  expect(fling.active).toBe(true);
});

test('slowing down shows the pictures at once', () => {
  const fling = new Fling(restMs);
  fling.moved(8_000, viewHeight);
  fling.moved(8_000, viewHeight);
  fling.moved(300, viewHeight);
  expect(fling.active).toBe(false);
});

test('jumps with rests between them are no fling', () => {
  const fling = new Fling(restMs);
  fling.moved(8_000, viewHeight);
  vi.advanceTimersByTime(restMs);
  fling.moved(8_000, viewHeight);
  expect(fling.active).toBe(false);
});
