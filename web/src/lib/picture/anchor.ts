import { rowAt, type Row } from '$lib/timeline/rows';

/** Pictures that are seen, topmost first, and how far below the top of what is seen the row of each begins. */
export type Anchor = { id: string; offset: number; headPx: number }[];

/** Enough that one stays, when some of them go. */
const remembered = 24;

/** What is seen first at `scrollTop`, of rows that begin `headPx` below the beginning; null at the very top, where one looks at the heading. */
export function anchorOf(scrollTop: number, headPx: number, tiles: readonly { id: string }[], rows: readonly Row[]): Anchor | null {
  if (scrollTop <= headPx) return null;
  const anchor: Anchor = [];
  for (let at = rowAt(rows, scrollTop - headPx); at < rows.length && anchor.length < remembered; at++) {
    const row = rows[at]!;
    for (let index = row.first; index < row.first + row.count; index++) {
      const tile = tiles[index];
      if (tile) anchor.push({ id: tile.id, offset: headPx + row.top - scrollTop, headPx });
    }
  }
  return anchor;
}

/** The `scrollTop` at which the first of the anchor that is still there stands where it stood. */
export function topOf(anchor: Anchor, tiles: readonly { id: string }[], rows: readonly Row[]): number | null {
  const indexes = new Map(tiles.map(({ id }, index) => [id, index]));
  for (const { id, offset, headPx } of anchor) {
    const index = indexes.get(id);
    const row = index === undefined ? undefined : rows.find((each) => index < each.first + each.count);
    if (row) return headPx + row.top - offset;
  }
  return null;
}
