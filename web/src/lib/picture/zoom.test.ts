import { expect, test } from 'vitest';
import { fitInto, fitted, held, zoomAt } from './zoom';

const stage = { width: 1000, height: 600 };
const shown = fitInto(stage, 1.5);

test('a picture is fitted into the stage', () => {
  expect(shown).toEqual({ width: 900, height: 600 });
  expect(fitInto(stage, 4)).toEqual({ width: 1000, height: 250 });
});

test('the point under the pointer stays when enlarging', () => {
  const point = { x: 120, y: -80 };
  const view = zoomAt(fitted, 4, point, stage, shown);
  expect((point.x - view.x) / view.scale).toBeCloseTo(point.x);
  expect((point.y - view.y) / view.scale).toBeCloseTo(point.y);
});

test('it never gets smaller than fitted, and returns to the middle', () => {
  const near = zoomAt(fitted, 3, { x: 400, y: 200 }, stage, shown);
  expect(zoomAt(near, 0.01, { x: -300, y: 10 }, stage, shown)).toEqual(fitted);
});

test('it can not be dragged off the stage', () => {
  expect(held({ scale: 2, x: 5000, y: -5000 }, stage, shown)).toEqual({ scale: 2, x: 400, y: -300 });
  expect(held({ scale: 1, x: 50, y: 50 }, stage, shown)).toEqual(fitted);
});
