import { expect, test } from 'vitest';
import { Pace } from './pace';

test('says nothing before it knows enough', () => {
  const pace = new Pace();
  expect(pace.bytesPerSecond(0)).toBe(null);
  pace.note(1_000_000, 0);
  expect(pace.bytesPerSecond(500)).toBe(null);
});

test('is the mean of the last ten seconds', () => {
  const pace = new Pace();
  for (let at = 0; at <= 20_000; at += 1_000) pace.note(at < 10_000 ? 900 : 100, at);
  expect(pace.bytesPerSecond(20_000)).toBe(100);
});

test('forgets what is past, and all after a reset', () => {
  const pace = new Pace();
  pace.note(500, 0);
  pace.note(500, 2_000);
  expect(pace.bytesPerSecond(2_000)).toBe(500);
  expect(pace.bytesPerSecond(60_000)).toBe(null);
  pace.note(500, 61_000);
  pace.reset();
  pace.note(500, 62_000);
  expect(pace.bytesPerSecond(62_000)).toBe(null);
});
