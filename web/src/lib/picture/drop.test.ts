import { describe, expect, test } from 'vitest';
import { dropAt, stepFrom } from './drop';

/** Three squares of 100 in each of two rows, four pixels apart, and one more below. */
const rows = [0, 1, 2].map((at) => ({ first: at * 3, count: at < 2 ? 3 : 1, top: at * 104, height: 100 }));
const ratios = Array.from({ length: 7 }, () => 1);

describe('dropping', () => {
  test.each([
    [10, 10, 0, -2],
    [60, 10, 1, 102],
    [300, 50, 3, 310],
    [120, 150, 4, 102],
    [5000, 5000, 7, 102],
    [-5, -50, 0, -2],
  ])('at %i, %i goes before %i', (x, y, index, left) => {
    expect(dropAt(rows, ratios, 4, x, y)).toMatchObject({ index, left });
  });

  test('nowhere in an empty album', () => {
    expect(dropAt([], [], 4, 1, 1)).toBeNull();
  });

  test.each([
    ['ArrowLeft', 4, 3],
    ['ArrowRight', 4, 6],
    ['ArrowUp', 4, 1],
    ['ArrowDown', 0, 4],
    ['ArrowLeft', 0, null],
    ['ArrowRight', 6, null],
    ['ArrowUp', 1, null],
    ['ArrowDown', 6, null],
  ])('%s from %i goes before %j', (key, at, index) => {
    expect(stepFrom(rows, ratios, 4, at, key)).toBe(index);
  });
});
