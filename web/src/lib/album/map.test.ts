import { describe, expect, test } from 'vitest';
import { ringsOf } from './coast';
import { TripMap } from './map';

describe('the map of a trip', () => {
  const jeju = [
    [126.5, 33.5],
    [126.9, 33.3],
  ] as const;

  test('shows every point, north above south and west left of east', () => {
    const map = new TripMap(jeju, 600, 300);
    const [first, second] = jeju.map((point) => map.at(point));
    expect(first![0]).toBeLessThan(second![0]);
    expect(first![1]).toBeLessThan(second![1]);
    for (const [x, y] of [first!, second!]) {
      expect(x).toBeGreaterThan(30);
      expect(x).toBeLessThan(570);
      expect(y).toBeGreaterThan(30);
      expect(y).toBeLessThan(270);
    }
  });

  test('shows what is around a single place', () => {
    const { bounds } = new TripMap([[126.5, 33.5]], 600, 300);
    expect(bounds.east - bounds.west).toBeGreaterThan(0.5);
    expect((bounds.north + bounds.south) / 2).toBeCloseTo(33.5, 1);
  });

  test('goes on across the date line', () => {
    const map = new TripMap([[179, -17], [-179, -16]], 600, 300); // prettier-ignore
    expect(map.at([-179, -16])[0] - map.at([179, -17])[0]).toBeGreaterThan(0);
    expect(map.bounds.east - map.bounds.west).toBeLessThan(10);
  });

  test('survives the poles and the whole world', () => {
    const map = new TripMap([[-170, -90], [170, 90], [0, 0]], 600, 300); // prettier-ignore
    for (const point of [[-170, -90], [170, 90]] as const) expect(map.at(point).every(Number.isFinite)).toBe(true); // prettier-ignore
  });

  test('has a scale of a round length', () => {
    const { kilometres, width } = new TripMap(jeju, 600, 300).scaleBar(120);
    expect([1, 2, 5]).toContain(kilometres / 10 ** Math.floor(Math.log10(kilometres)));
    expect(width).toBeLessThanOrEqual(120);
    expect(width).toBeGreaterThan(40);
  });
});

test('rings are put together from shared arcs, some of them backwards', () => {
  const rings = ringsOf({
    transform: { scale: [10, 10], translate: [-10, 0] },
    arcs: [
      [[0, 0], [1, 0], [0, 1]], // prettier-ignore
      [[0, 0], [0, 1], [1, 0]], // prettier-ignore
    ],
    objects: { land: { geometries: [{ type: 'MultiPolygon', arcs: [[[0, ~1]]] }] } },
  });
  expect(rings).toEqual([[[-10, 0], [0, 0], [0, 10], [-10, 10], [-10, 0]]]); // prettier-ignore
});
