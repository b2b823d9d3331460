import { describe, expect, it } from 'vitest';
import { mustMove, stretchAround, tallestPx } from './stretch';

const view = 900;

describe('the stretch of the library that is scrolled', () => {
  it('is the library where that fits', () => {
    expect(stretchAround(5000, 100_000, view)).toEqual({ start: 0, scrollTop: 5000 });
    expect(stretchAround(-20, 100_000, view)).toEqual({ start: 0, scrollTop: 0 });
    expect(stretchAround(1e9, 100_000, view)).toEqual({ start: 0, scrollTop: 100_000 - view });
    expect(stretchAround(10, 300, view)).toEqual({ start: 0, scrollTop: 0 });
  });

  it.each([0, 1, 399_999, 4_000_001, 17_000_000, 39_999_000, 40_000_000 - view])('shows what was asked for: %i of 40 million', (y) => {
    const stretch = stretchAround(y, 40_000_000, view);
    expect(stretch.start + stretch.scrollTop).toBe(y);
    expect(stretch.scrollTop).toBeGreaterThanOrEqual(0);
    expect(stretch.scrollTop).toBeLessThanOrEqual(tallestPx - view);
    expect(mustMove(stretch, 40_000_000, view)).toBe(false);
  });

  it('is moved before its end is reached, and not at the ends of the library', () => {
    expect(mustMove({ start: 1_000_000, scrollTop: 1000 }, 40_000_000, view)).toBe(true);
    expect(mustMove({ start: 1_000_000, scrollTop: tallestPx - view - 10 }, 40_000_000, view)).toBe(true);
    expect(mustMove({ start: 0, scrollTop: 0 }, 40_000_000, view)).toBe(false);
    expect(mustMove({ start: 32_000_000, scrollTop: tallestPx - view }, 40_000_000, view)).toBe(false);
  });

  it('is moved when the library becomes shorter than where it lies', () => {
    expect(mustMove({ start: 20_000_000, scrollTop: 4_000_000 }, 27_000_000, view)).toBe(true);
    expect(mustMove({ start: 500, scrollTop: 0 }, 5000, view)).toBe(true);
  });
});
