import { alongLine } from '$lib/design/direction';
import { rowAt, shownRatio, type Row } from '$lib/timeline/rows';

/** A line between two tiles, and the index before which something that is dropped there goes. `left` is from where rows begin. */
export interface Drop {
  index: number;
  left: number;
  top: number;
  height: number;
}

/** Where a point of the canvas would drop, between the tiles of the row that is nearest. */
export function dropAt(rows: readonly Row[], ratios: readonly number[], gap: number, x: number, y: number): Drop | null {
  const row = rows[Math.min(rowAt(rows, y), rows.length - 1)];
  if (!row) return null;
  let left = 0;
  for (let index = row.first; index < row.first + row.count; index++) {
    const width = shownRatio(ratios[index]!) * row.height;
    if (x < left + width / 2) return { index, left: left - gap / 2, top: row.top, height: row.height };
    left += width + gap;
  }
  return { index: row.first + row.count, left: left - gap / 2, top: row.top, height: row.height };
}

/** The index before which a tile goes that a key moves one step, or by one row to above or below the tile that is nearest. */
export function stepFrom(rows: readonly Row[], ratios: readonly number[], gap: number, at: number, key: string): number | null {
  const along = alongLine(key);
  if (along === -1) return at > 0 ? at - 1 : null;
  if (along === 1) return at < ratios.length - 1 ? at + 2 : null;
  const rowIndex = rows.findIndex((row) => at < row.first + row.count);
  const target = rows[rowIndex + (key === 'ArrowUp' ? -1 : 1)];
  if (!target) return null;
  const own = rows[rowIndex]!;
  let centre = (shownRatio(ratios[at]!) * own.height) / 2;
  for (let index = own.first; index < at; index++) centre += shownRatio(ratios[index]!) * own.height + gap;
  // Exactly above or below the middle, it stays in its column.
  return dropAt([target], ratios, gap, centre + (key === 'ArrowUp' ? -1 : 1), target.top)!.index;
}
