import type { TimelinePage } from '$lib/api/client';
import { joined, noColumns, part, type Columns, type Month } from './month';

/** What the server answers with unless asked for more: somewhat more than one sees. */
export const firstPage = 300;

/** What is added at an end of what is held, while somebody goes on. */
const furtherPage = 1_000;

/** So much of one month is held: what is added at one end is let go at the other. */
const mostHeld = 4_000;

/** Which pictures of a month to ask for, by their number; `beside` when they go on where those that are held end. */
export interface Need {
  from: number;
  limit: number;
  beside: 'newer' | 'older' | null;
}

function at(from: number, limit = firstPage): Need {
  return { from: Math.max(0, from), limit, beside: null };
}

/** So that the picture of a number is among them; the whole of a usual month. */
export function around(month: Month, number: number): Need {
  return at(Math.min(number - firstPage / 2, month.count - firstPage));
}

/** One picture twice, which tells whether the month is still the one that is held. */
export function older(month: Month): Need {
  return { from: month.end - 1, limit: furtherPage + 1, beside: 'older' };
}

export function newer(month: Month): Need {
  const from = Math.max(0, month.first - furtherPage);
  return { from, limit: month.first - from + 1, beside: 'newer' };
}

/** The number of the picture at a depth of the month, as far as its shape is known. */
function numberAt(month: Month, depth: number): number {
  const share = (from: number, to: number) => (to > from ? Math.min(1, Math.max(0, (depth - from) / (to - from))) : 0);
  if (!month.layout) return Math.round(share(0, month.height) * month.count);
  if (depth < month.layout.top) return Math.round(share(0, month.layout.top) * month.first);
  return month.end + Math.round(share(month.layout.bottom, month.height) * (month.count - month.end));
}

/** What must be asked for before a stretch of the month can be seen, in its own pixels; null when all of that is held. */
export function needOf(month: Month, from: number, to: number): Need | null {
  const [upper, lower] = [Math.max(0, from), Math.min(month.height, to)];
  const { layout } = month;
  if (!layout || (lower < layout.top && !month.hasNewest) || (upper > layout.bottom && !month.hasOldest)) {
    return from <= 0 ? at(0) : around(month, numberAt(month, (upper + lower) / 2));
  }
  if (upper < layout.top && !month.hasNewest) return newer(month);
  if (lower > layout.bottom && !month.hasOldest) return older(month);
  return null;
}

/** The number of pictures that rows and not counts tell of: the server's two are read one after the other. */
function countOf(page: TimelinePage): number {
  const end = page.first + page.ids.length;
  return page.next === null && page.ids.length > 0 ? end : Math.max(page.count, end);
}

function put(month: Month, page: TimelinePage, columns: Columns, first: number, letGo: 'newer' | 'older'): Month {
  const surplus = Math.max(0, columns.ids.length - mostHeld);
  const kept = letGo === 'newer' ? part(columns, surplus) : part(columns, 0, columns.ids.length - surplus);
  return month.with(kept, countOf(page), letGo === 'newer' ? first + surplus : first);
}

/** The month with a page that was needed: beside what is held if it fits there, else instead of it. Null when nothing is left of the month. */
export function withPage(month: Month, page: TimelinePage, beside: Need['beside'] = null): Month | null {
  if (page.count === 0 || (page.ids.length === 0 && page.first === 0)) return null;
  const { columns, first } = month;
  if (beside === 'older' && page.ids[0] === columns.ids.at(-1)) return put(month, page, joined(columns, part(page, 1)), first, 'newer');
  if (beside === 'newer' && page.ids.at(-1) === columns.ids[0]) return put(month, page, joined(part(page, 0, -1), columns), page.first, 'older');
  return month.with(joined(noColumns(), page), countOf(page), page.first);
}
