import type { DayBox } from './days';
import type { Geometry } from './geometry';
import type { Month } from './month';
import { rowAt } from './rows';

/** A stretch of a month, in its own pixels. */
interface Stretch {
  from: number;
  to: number;
}

/** What is drawn of a month: days and rows of pictures, and grey ones where these are still waited for. */
export interface Drawn {
  month: Month;
  top: number;
  waiting: Stretch[];
  days: DayBox[];
  firstRow: number;
  endRow: number;
}

/** Space that is left at the end of a month that is only estimated. */
const endPx = 16;

function drawnOf(month: Month, top: number, from: number, to: number, flung: boolean): Drawn {
  const { layout } = month;
  const lower = Math.min(month.height - endPx, to);
  if (!layout || flung) return { month, top, waiting: [{ from, to: lower }], days: [], firstRow: 0, endRow: 0 };
  const waiting = [
    ...(from < layout.top && !month.hasNewest ? [{ from, to: Math.min(layout.top, to) }] : []),
    ...(lower > layout.bottom && !month.hasOldest ? [{ from: Math.max(layout.bottom, from), to: lower }] : []),
  ];
  const firstRow = rowAt(layout.rows, from);
  let endRow = firstRow;
  while (endRow < layout.rows.length && layout.rows[endRow]!.top < to) endRow++;
  const days = layout.days.filter((day) => day.top < to && day.top + day.height > from);
  return { month, top, waiting, days, firstRow, endRow };
}

/** What of the library is drawn between two heights. `flung`: too fast to see a picture, so none is drawn. */
export function drawnBetween(months: readonly Month[], geometry: Geometry, from: number, to: number, flung: boolean): Drawn[] {
  const [first, end] = geometry.overlapping(from, to);
  return months.slice(first, end).map((month, index) => {
    const top = geometry.tops[first + index]!;
    return drawnOf(month, top, from - top, to - top, flung);
  });
}
