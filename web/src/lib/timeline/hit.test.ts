import { expect, test } from 'vitest';
import { Geometry } from './geometry';
import { nearestRow, spotAt, tileAt } from './hit';
import { Month, noColumns } from './month';
import { styleFor } from './style';

const rows = [
  { first: 0, count: 2, top: 48, height: 100 },
  { first: 2, count: 3, top: 212, height: 100 },
];

test('a heading belongs to the row that is nearer', () => {
  expect(nearestRow(rows, 0)).toBe(0);
  expect(nearestRow(rows, 147)).toBe(0);
  expect(nearestRow(rows, 160)).toBe(0);
  expect(nearestRow(rows, 200)).toBe(1);
  expect(nearestRow(rows, 5_000)).toBe(1);
  expect(nearestRow([], 7)).toBe(-1);
});

test('right of the last tile of a row is the last one', () => {
  const ratios = [1, 1, 1, 1, 1];
  expect(tileAt(rows, ratios, 4, 10, 60)).toBe(0);
  expect(tileAt(rows, ratios, 4, 103, 60)).toBe(0);
  expect(tileAt(rows, ratios, 4, 105, 60)).toBe(1);
  expect(tileAt(rows, ratios, 4, 900, 60)).toBe(1);
  expect(tileAt(rows, ratios, 4, -20, 250)).toBe(2);
  expect(tileAt([], [], 4, 0, 0)).toBeNull();
});

function monthOf(name: string, days: readonly string[], count = days.length, first = 0) {
  const columns = { ...noColumns(), ids: days.map((_, at) => `${name}/${at}`), takenAt: days.map((day) => `${name}-${day}T10:00:00`), ratios: days.map(() => 1.5) };
  return new Month(name, count, styleFor(1200), days.length > 0 ? columns : noColumns(), first);
}

test('finds the picture under the pointer across months, and none where they are not held', () => {
  const months = [monthOf('2026-05', ['20', '20', '19']), monthOf('2026-04', [], 40), monthOf('2026-03', ['02', '01'], 9_000)];
  const geometry = new Geometry(months);
  const found = (x: number, y: number) => {
    const spot = spotAt(months, geometry, x, y);
    return spot && spot.month.picture(spot.at).id;
  };
  const layout = months[0]!.layout!;
  expect(found(5, layout.rows[0]!.top + 5)).toBe('2026-05/0');
  expect(found(layout.lefts[1]! + 5, layout.rows[0]!.top + 5)).toBe('2026-05/1');
  expect(found(1190, layout.rows[0]!.top + 5)).toBe('2026-05/2');
  expect(found(5, geometry.tops[1]! + 200)).toBeNull();
  expect(found(5, geometry.tops[2]! + months[2]!.layout!.rows[0]!.top + 5)).toBe('2026-03/0');
  expect(found(5, geometry.tops[2]! + months[2]!.layout!.bottom + 500)).toBeNull();
});

test('finds nothing before the pictures of a month that are held from the middle on', () => {
  const month = monthOf('2026-05', ['20', '20', '19'], 9_000, 4_000);
  const geometry = new Geometry([month]);
  expect(spotAt([month], geometry, 5, 100)).toBeNull();
  expect(spotAt([month], geometry, 5, month.layout!.rows[0]!.top + 5)?.at).toBe(0);
});
