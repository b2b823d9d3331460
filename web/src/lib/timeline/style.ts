import type { DayStyle } from './days';

/** How the timeline is laid out at a width: bigger pictures where there is room for them. */
export function styleFor(width: number): DayStyle {
  const shared = { width, headerHeight: 48, smallestDay: 176 };
  if (width < 520) return { ...shared, rowHeight: 118, gap: 3, dayGap: 10, smallestDay: 166 };
  if (width < 1000) return { ...shared, rowHeight: 168, gap: 4, dayGap: 14 };
  return { ...shared, rowHeight: 208, gap: 4, dayGap: 16 };
}
