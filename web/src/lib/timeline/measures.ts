import type { Density } from '$lib/settings/density';
import type { DayStyle } from './days';

/** Of the height that rows have in comfort: so small that a screen shows twice as many pictures, and no smaller. */
const compactly = 0.68;

/** How lists of pictures are laid out at a width: bigger pictures where there is room for them, and where somebody wants them. */
export function measuresOf(width: number, density: Density): DayStyle {
  const scale = density === 'compact' ? compactly : 1;
  const shared = { width, headerHeight: 48, smallestDay: Math.round(176 * scale) };
  if (width < 520) return { ...shared, rowHeight: Math.round(118 * scale), gap: scale === 1 ? 3 : 2, dayGap: 10, smallestDay: Math.round(166 * scale) };
  if (width < 1000) return { ...shared, rowHeight: Math.round(168 * scale), gap: scale === 1 ? 4 : 3, dayGap: 14 };
  return { ...shared, rowHeight: Math.round(208 * scale), gap: scale === 1 ? 4 : 3, dayGap: 16 };
}
