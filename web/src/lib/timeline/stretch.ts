/**
 * Browsers end the height of an element (Firefox at 17,895,697 px, Chromium at 33,554,431), and a library of a million
 * pictures is taller than that. So the scrolled canvas is a stretch of the library, which is moved along before
 * somebody reaches its end.
 */
export const tallestPx = 8_000_000;

/** So near to an end of the canvas the stretch is moved: more than a second of the fastest fling. */
const marginPx = 400_000;

/** Where the canvas lies: its upper end in the library, and where the scroller stands within it. */
export interface Stretch {
  start: number;
  scrollTop: number;
}

/** The stretch in which `y` is seen; the whole library where it fits. */
export function stretchAround(y: number, libraryPx: number, viewPx: number): Stretch {
  const seen = Math.min(Math.max(0, y), Math.max(0, libraryPx - viewPx));
  const start = Math.min(Math.max(0, seen - tallestPx / 2), Math.max(0, libraryPx - tallestPx));
  return { start, scrollTop: seen - start };
}

/** Whether one comes near to an end of the canvas that is none of the library, or the library has become too short for it. */
export function mustMove({ start, scrollTop }: Stretch, libraryPx: number, viewPx: number): boolean {
  const latest = Math.max(0, libraryPx - tallestPx);
  if (start > latest) return true;
  return (start > 0 && scrollTop < marginPx) || (start < latest && scrollTop > tallestPx - viewPx - marginPx);
}
