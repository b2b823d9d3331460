/** Tiles whose shape is extreme are cropped: a panorama must not push its neighbours away, nor a strip vanish. */
const narrowest = 0.5;
const widest = 3;

export interface RowStyle {
  width: number;
  /** The height that rows aim at; a full row ends up somewhat lower or higher. */
  rowHeight: number;
  gap: number;
}

export interface Row {
  /** Index of the first tile, and how many there are. */
  first: number;
  count: number;
  top: number;
  height: number;
}

export function shownRatio(ratio: number): number {
  return Number.isFinite(ratio) && ratio > 0 ? Math.min(widest, Math.max(narrowest, ratio)) : 1;
}

/**
 * Justified rows of the tiles `first` to `end`: a row takes tiles until it is full, then is scaled to the full width; of
 * breaking before or after the tile that overflows, the one nearer to the wanted height wins. The last row is not stretched.
 */
export function justify(ratios: ArrayLike<number>, first: number, end: number, style: RowStyle, top = 0): Row[] {
  const rows: Row[] = [];
  let start = first;
  let sum = 0;
  const fittingHeight = (ratioSum: number, count: number) => (style.width - (count - 1) * style.gap) / ratioSum;
  const close = (count: number, height: number) => {
    rows.push({ first: start, count, top, height });
    top += height + style.gap;
    start += count;
  };
  for (let at = first; at < end; at++) {
    const ratio = shownRatio(ratios[at] ?? 1);
    const count = at - start + 1;
    const height = fittingHeight(sum + ratio, count);
    if (height > style.rowHeight) {
      sum += ratio;
      continue;
    }
    const without = count > 1 ? fittingHeight(sum, count - 1) : Infinity;
    if (without / style.rowHeight < style.rowHeight / height) {
      close(count - 1, without);
      sum = ratio;
      if (fittingHeight(ratio, 1) <= style.rowHeight) {
        close(1, fittingHeight(ratio, 1));
        sum = 0;
      }
    } else {
      close(count, height);
      sum = 0;
    }
  }
  if (start < end) close(end - start, Math.min(style.rowHeight, fittingHeight(sum, end - start)));
  return rows;
}

/** The first row whose lower edge lies below `y`; `rows.length` when there is none. */
export function rowAt(rows: readonly Row[], y: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle]!;
    if (row.top + row.height > y) high = middle;
    else low = middle + 1;
  }
  return low;
}
