import { alongLine } from '$lib/design/direction';
import type { Month } from './month';
import type { Spot } from './timeline.svelte';

/** The tile an arrow key leads to from `spot`, among the months that are held. */
export function arrowTarget(months: readonly Month[], spot: Spot, key: string): Spot | null {
  const along = alongLine(key);
  if (along !== 0) return sidestep(months, spot, along);
  if (key === 'ArrowUp') return rowStep(months, spot, -1);
  if (key === 'ArrowDown') return rowStep(months, spot, 1);
  return null;
}

/** The next month, where the pictures on both sides of the border are held. */
function heldBeside(months: readonly Month[], month: Month, step: 1 | -1): Month | null {
  const beside = months[months.findIndex((other) => other.month === month.month) + step];
  if (!beside) return null;
  const held = step === 1 ? month.hasOldest && beside.hasNewest : month.hasNewest && beside.hasOldest;
  return held ? beside : null;
}

function sidestep(months: readonly Month[], { month, at }: Spot, step: 1 | -1): Spot | null {
  if (at + step >= 0 && at + step < month.loaded) return { month, at: at + step };
  const beside = heldBeside(months, month, step);
  return beside && { month: beside, at: step === 1 ? 0 : beside.loaded - 1 };
}

function rowStep(months: readonly Month[], { month, at }: Spot, step: 1 | -1): Spot | null {
  const centre = month.layout!.lefts[at]! + month.layout!.widths[at]! / 2;
  const rowIndex = month.rowIndexOf(at) + step;
  if (rowIndex >= 0 && rowIndex < month.layout!.rows.length) return nearestInRow(month, rowIndex, centre);
  const beside = heldBeside(months, month, step);
  return beside && nearestInRow(beside, step === 1 ? 0 : beside.layout!.rows.length - 1, centre);
}

function nearestInRow(month: Month, rowIndex: number, centre: number): Spot {
  const { rows, lefts, widths } = month.layout!;
  const row = rows[rowIndex]!;
  const distance = (at: number) => Math.abs(lefts[at]! + widths[at]! / 2 - centre);
  let best = row.first;
  for (let at = row.first; at < row.first + row.count; at++) if (distance(at) < distance(best)) best = at;
  return { month, at: best };
}
