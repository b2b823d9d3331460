import type { Geometry } from './geometry';
import type { Month } from './month';
import { rowAt, shownRatio, type Row } from './rows';
import type { Spot } from './timeline.svelte';

/** The row at a height, or the nearest: between two days there is nothing but their heading. −1 when there are no rows. */
export function nearestRow(rows: readonly Row[], y: number): number {
  const below = rowAt(rows, y);
  const [above, next] = [rows[below - 1], rows[below]];
  if (!next) return rows.length - 1;
  return above && y - (above.top + above.height) < next.top - y ? below - 1 : below;
}

/** The index of the tile at a point of a grid, or the nearest before it in its row; null when there are none. */
export function tileAt(rows: readonly Row[], ratios: readonly number[], gap: number, x: number, y: number): number | null {
  const row = rows[nearestRow(rows, y)];
  if (!row) return null;
  let right = 0;
  for (let at = row.first; at < row.first + row.count; at++) {
    right += shownRatio(ratios[at]!) * row.height + gap;
    if (x < right) return at;
  }
  return row.first + row.count - 1;
}

/** The picture at a point of the library, or the nearest before it in its row; null where the pictures are not held. */
export function spotAt(months: readonly Month[], geometry: Geometry, x: number, y: number): Spot | null {
  const index = geometry.indexAt(y);
  const month = months[index];
  if (!month?.layout) return null;
  const depth = y - geometry.tops[index]!;
  if (!month.isHeldAt(depth)) return null;
  const { rows, lefts } = month.layout;
  const row = rows[nearestRow(rows, depth)]!;
  let at = row.first;
  while (at + 1 < row.first + row.count && lefts[at + 1]! <= x) at++;
  return { month, at };
}
