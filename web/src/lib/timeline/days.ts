import { justify, shownRatio, type Row, type RowStyle } from './rows';

export interface DayStyle extends RowStyle {
  headerHeight: number;
  /** Space beside and below a day. */
  dayGap: number;
  /** A day is at least as wide as its heading. */
  smallestDay: number;
}

export interface DayBox {
  day: string;
  first: number;
  count: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface DayLayout {
  days: DayBox[];
  /** All rows in order; days that stand side by side share one. */
  rows: Row[];
  lefts: Float32Array;
  widths: Float32Array;
  /** Where the first day begins, and the last one ends. */
  top: number;
  bottom: number;
}

/**
 * Lays a month out by day, newest first. A day that needs no whole row stands beside its neighbours, so that a library of
 * one picture a day does not become a column of one picture a row. Begins at `top`, below what is not known yet.
 */
export function layOutDays(takenAt: readonly string[], ratios: readonly number[], style: DayStyle, top = 0): DayLayout {
  const layout: DayLayout = {
    days: [],
    rows: [],
    lefts: new Float32Array(takenAt.length),
    widths: new Float32Array(takenAt.length),
    top,
    bottom: top,
  };
  let band: DayBox[] = [];
  let bandWidth = 0;
  const closeBand = () => {
    if (band.length > 0) placeBand(layout, band, ratios, style);
    band = [];
    bandWidth = 0;
  };
  for (let first = 0; first < takenAt.length; ) {
    const day = takenAt[first]!.slice(0, 10);
    let end = first + 1;
    while (end < takenAt.length && takenAt[end]!.startsWith(day)) end++;
    const width = naturalWidth(ratios, first, end, style);
    const box = { day, first, count: end - first, left: 0, top: 0, width, height: 0 };
    if (bandWidth + width > style.width) closeBand();
    if (width > style.width) placeWholeDay(layout, box, ratios, style);
    else {
      band.push({ ...box, left: bandWidth });
      bandWidth += width + style.dayGap;
    }
    first = end;
  }
  closeBand();
  return layout;
}

function naturalWidth(ratios: readonly number[], first: number, end: number, style: DayStyle): number {
  let width = (end - first - 1) * style.gap;
  for (let at = first; at < end && width <= style.width; at++) width += shownRatio(ratios[at] ?? 1) * style.rowHeight;
  return Math.max(width, style.smallestDay);
}

function placeTiles(layout: DayLayout, row: Row, first: number, end: number, ratios: readonly number[], left: number, gap: number) {
  for (let at = first; at < end; at++) {
    const width = shownRatio(ratios[at] ?? 1) * row.height;
    layout.lefts[at] = left;
    layout.widths[at] = width;
    left += width + gap;
  }
}

function placeBand(layout: DayLayout, band: DayBox[], ratios: readonly number[], style: DayStyle) {
  const first = band[0]!.first;
  const count = band.reduce((sum, box) => sum + box.count, 0);
  const row = { first, count, top: layout.bottom + style.headerHeight, height: style.rowHeight };
  layout.rows.push(row);
  for (const box of band) {
    box.top = layout.bottom;
    box.height = style.headerHeight + row.height;
    placeTiles(layout, row, box.first, box.first + box.count, ratios, box.left, style.gap);
    layout.days.push(box);
  }
  layout.bottom += style.headerHeight + row.height + style.dayGap;
}

function placeWholeDay(layout: DayLayout, box: DayBox, ratios: readonly number[], style: DayStyle) {
  const rows = justify(ratios, box.first, box.first + box.count, style, layout.bottom + style.headerHeight);
  for (const row of rows) placeTiles(layout, row, row.first, row.first + row.count, ratios, 0, style.gap);
  const last = rows.at(-1)!;
  const height = last.top + last.height - layout.bottom;
  layout.rows.push(...rows);
  layout.days.push({ ...box, top: layout.bottom, width: style.width, height });
  layout.bottom += height + style.dayGap;
}

/** A guess for pictures whose shapes are not known yet: mostly landscape, a few a day. */
export function estimateHeight(count: number, style: DayStyle, withHeaders = true): number {
  if (count === 0) return 0;
  const perRow = Math.max(1, style.width / (style.rowHeight * 1.3 + style.gap));
  const rows = Math.ceil(count / perRow);
  const bands = withHeaders ? Math.min(30, Math.ceil(rows / 1.5)) : 0;
  return Math.round(rows * (style.rowHeight + style.gap) + bands * (style.headerHeight + style.dayGap));
}
