/** Whether the lines of the page run from right to left, as in Arabic and Hebrew. */
export function isRightToLeft(): boolean {
  return globalThis.document?.documentElement.dir === 'rtl';
}

/** Which way a key leads along a line: 1 onward, -1 back, 0 when it is no key for that. */
export function alongLine(key: string): -1 | 0 | 1 {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0;
  return (key === 'ArrowRight') === isRightToLeft() ? -1 : 1;
}

/** How far a point lies from where the lines of a box begin, in pixels. */
export function fromLineStart(clientX: number, box: DOMRect): number {
  return isRightToLeft() ? box.right - clientX : clientX - box.left;
}
