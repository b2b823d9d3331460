import { describe, expect, test } from 'vitest';
import { justify, rowAt, shownRatio } from './rows';

const style = { width: 1000, rowHeight: 200, gap: 4 };

function widthOf(ratios: number[], row: { first: number; count: number; height: number }) {
  const tiles = ratios.slice(row.first, row.first + row.count).map((ratio) => shownRatio(ratio) * row.height);
  return tiles.reduce((sum, width) => sum + width, 0) + (row.count - 1) * style.gap;
}

/** Shapes in a fixed disorder. */
const mixed = Array.from({ length: 500 }, (_, at) => [1.5, 0.75, 1.33, 1, 1.78, 0.56][(at * 7 + (at >> 3)) % 6]!);

describe('justified rows', () => {
  test('every row but the last is exactly as wide as the page', () => {
    const rows = justify(mixed, 0, mixed.length, style);
    for (const row of rows.slice(0, -1)) expect(widthOf(mixed, row)).toBeCloseTo(1000, 6);
    expect(widthOf(mixed, rows.at(-1)!)).toBeLessThanOrEqual(1000.001);
  });

  test('every tile stands in exactly one row, in order', () => {
    const rows = justify(mixed, 0, mixed.length, style);
    let next = 0;
    for (const row of rows) {
      expect(row.first).toBe(next);
      next += row.count;
    }
    expect(next).toBe(mixed.length);
  });

  test('rows stay near the wanted height', () => {
    for (const row of justify(mixed, 0, mixed.length, style)) {
      expect(row.height).toBeGreaterThan(130);
      expect(row.height).toBeLessThan(310);
    }
  });

  test('rows lie under each other with the gap between', () => {
    const rows = justify(mixed, 0, mixed.length, style, 48);
    expect(rows[0]!.top).toBe(48);
    for (const [at, row] of rows.slice(1).entries()) expect(row.top).toBeCloseTo(rows[at]!.top + rows[at]!.height + 4, 6);
  });

  test('a lone picture is not blown up', () => {
    expect(justify([1.5], 0, 1, style)).toEqual([{ first: 0, count: 1, top: 0, height: 200 }]);
  });

  test('a panorama on a phone fits the width', () => {
    const [row] = justify([9], 0, 1, { ...style, width: 360 });
    expect(row!.height).toBeCloseTo(120);
  });

  test('an unknown or absurd shape does not break the row', () => {
    expect(shownRatio(Number.NaN)).toBe(1);
    expect(shownRatio(0)).toBe(1);
    expect(shownRatio(1000)).toBe(3);
    expect(shownRatio(0.001)).toBe(0.5);
  });

  test('no tiles make no rows', () => {
    expect(justify([], 0, 0, style)).toEqual([]);
  });
});

test('rowAt finds the row at a depth', () => {
  const rows = justify(mixed, 0, mixed.length, style);
  for (const at of [0, 3, rows.length - 1]) expect(rowAt(rows, rows[at]!.top + 1)).toBe(at);
  expect(rowAt(rows, -50)).toBe(0);
  expect(rowAt(rows, 1e9)).toBe(rows.length);
});
