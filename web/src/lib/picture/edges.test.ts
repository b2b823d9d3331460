import { expect, test } from 'vitest';
import { pushAt } from './edges';

test('only near the edges, the faster the nearer, and no faster beyond', () => {
  expect(pushAt(500, 100, 900, 0)).toBe(0);
  expect(pushAt(172, 100, 900, 0)).toBe(0);
  expect(pushAt(828, 100, 900, 0)).toBe(0);
  expect(pushAt(864, 100, 900, 0)).toBe(9);
  expect(pushAt(900, 100, 900, 0)).toBe(18);
  expect(pushAt(2000, 100, 900, 0)).toBe(18);
  expect(pushAt(100, 100, 900, 0)).toBe(-18);
});

test('who stays there becomes faster, up to six times', () => {
  expect(pushAt(900, 100, 900, 1_500)).toBe(18);
  expect(pushAt(900, 100, 900, 3_000)).toBe(36);
  expect(pushAt(100, 100, 900, 60_000)).toBe(-108);
});
