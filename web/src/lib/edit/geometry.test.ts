import { describe, expect, test } from 'vitest';
import { asFarAs, dragged, fitted, frameOf, isInside, largestOf, leastOf, mirrored, tidied, turnedLeft, turnedRight } from './geometry';
import { nothing, wholeCrop, type Recipe } from './recipe';

const frame = { width: 3000, height: 2000 };
const half = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

function pixelRatio(crop: { width: number; height: number }, of = frame) {
  return (crop.width * of.width) / (crop.height * of.height);
}

describe('inside', () => {
  test('is the whole frame without an angle, and less with one', () => {
    expect(isInside(wholeCrop, 0, frame)).toBe(true);
    expect(isInside(wholeCrop, 1, frame)).toBe(false);
    expect(isInside({ ...wholeCrop, x: 0.01 }, 0, frame)).toBe(false);
  });

  test('a straightened picture keeps its ratio and as much as fits', () => {
    for (const degrees of [-45, -10, 3, 45]) {
      const angle = (Math.abs(degrees) * Math.PI) / 180;
      const most = 1 / (Math.cos(angle) + 1.5 * Math.sin(angle));
      const crop = fitted(wholeCrop, degrees, frame);
      expect(crop.width).toBeCloseTo(most, 4);
      expect(crop.height).toBeCloseTo(most, 4);
      expect(crop.x + crop.width / 2).toBeCloseTo(0.5, 4);
    }
  });

  test('a crop in a corner comes inside', () => {
    const corner = { x: 0, y: 0, width: 0.3, height: 0.3 };
    const crop = fitted(corner, 20, frame);
    expect(isInside(crop, 20, frame)).toBe(true);
    expect(pixelRatio(crop)).toBeCloseTo(pixelRatio(corner), 6);
    expect(fitted(half, 5, frame)).toEqual(half);
  });
});

describe('dragging', () => {
  test('moves it up to the edges', () => {
    expect(dragged(half, 'move', 0.1, -0.1, null, 0, frame)).toEqual({ x: 0.35, y: 0.15, width: 0.5, height: 0.5 });
    const pushed = dragged(half, 'move', 9, 0.05, null, 0, frame);
    expect(pushed.x).toBeCloseTo(0.5, 5);
    expect(pushed.y).toBeCloseTo(0.3, 5);
  });

  test('moves a corner and leaves the opposite one', () => {
    const crop = dragged(half, 'nw', 0.1, 0.05, null, 0, frame);
    expect(crop.x).toBeCloseTo(0.35);
    expect(crop.y).toBeCloseTo(0.3);
    expect(crop.x + crop.width).toBeCloseTo(0.75);
    expect(crop.y + crop.height).toBeCloseTo(0.75);
  });

  test('never makes it smaller than what can be held, nor turns it over', () => {
    const crop = dragged(half, 'se', -5, -5, null, 0, frame);
    expect(crop).toEqual({ x: 0.25, y: 0.25, ...leastOf(frame) });
  });

  test.each(['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const)('keeps a fixed ratio at %s, inside of a straightened picture too', (handle) => {
    for (const [dx, dy] of [[0.2, 0.1], [-0.2, 0.05], [-3, -3], [3, 3]] as const) {
      const start = fitted(largestOf(16 / 9, frame), 12, frame);
      const crop = dragged(start, handle, dx, dy, 16 / 9, 12, frame);
      expect(pixelRatio(crop)).toBeCloseTo(16 / 9, 5);
      expect(isInside(crop, 12, frame)).toBe(true);
    }
  });

  test('goes as far as it can', () => {
    const crop = asFarAs(half, { x: 0.25, y: 0.25, width: 2, height: 0.5 }, 0, frame);
    expect(crop.width).toBeCloseTo(0.75, 5);
  });
});

describe('turning and mirroring what is shown', () => {
  const recipe: Recipe = { ...nothing, straightenDegrees: 4, crop: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } };

  /** Where a point of the original is seen, by the recipe's own order. */
  function seen({ turns, mirrored: flipped, straightenDegrees }: Recipe, [x, y]: [number, number]) {
    let [right, down] = [x, y];
    for (let times = 0; times < turns; times++) [right, down] = [-down, right];
    if (flipped) right = -right;
    const angle = (straightenDegrees * Math.PI) / 180;
    return [right * Math.cos(angle) - down * Math.sin(angle), right * Math.sin(angle) + down * Math.cos(angle)] as const;
  }

  test('four turns are none, and so are two mirrors', () => {
    const four = turnedLeft(turnedRight(turnedRight(turnedRight(turnedRight(turnedRight(recipe))))));
    expect(four.turns).toBe(0);
    for (const key of ['x', 'y', 'width', 'height'] as const) expect(four.crop[key]).toBeCloseTo(recipe.crop[key]);
    expect(mirrored(mirrored(recipe)).crop.x).toBeCloseTo(recipe.crop.x);
  });

  test('do it to what is seen, whatever was done before', () => {
    for (const before of [recipe, mirrored(recipe), turnedRight(mirrored(recipe))]) {
      const [x, y] = seen(before, [0.3, 0.1]);
      const turned = seen(turnedRight(before), [0.3, 0.1]);
      expect(turned[0]).toBeCloseTo(-y);
      expect(turned[1]).toBeCloseTo(x);
      const flipped = seen(mirrored(before), [0.3, 0.1]);
      expect(flipped[0]).toBeCloseTo(-x);
      expect(flipped[1]).toBeCloseTo(y);
    }
  });

  test('the frame turns along', () => {
    expect(frameOf(frame, 1)).toEqual({ width: 2000, height: 3000 });
    expect(frameOf(frame, 2)).toEqual(frame);
  });
});

test('a tidied crop is one that the server takes', () => {
  expect(tidied({ x: -1e-12, y: 0, width: 1 + 1e-12, height: 1 })).toEqual(wholeCrop);
  const { x, width } = tidied({ x: 0.7000000001, y: 0, width: 0.3, height: 0.5 });
  expect(x + width).toBeLessThanOrEqual(1);
});
