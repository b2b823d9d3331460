import { describe, expect, test } from 'vitest';
import type { TimelinePage } from '$lib/api/client';
import { Geometry } from './geometry';
import { joined, Month, noColumns } from './month';
import { styleFor } from './style';

const style = styleFor(1200);

function page(month: string, count: number, first = 0): TimelinePage {
  const all = Array.from({ length: count }, (_, at) => first + at);
  return {
    month,
    count,
    first,
    next: null,
    ids: all.map((at) => `${month}-${at}`),
    takenAt: all.map((at) => `${month}-${String(28 - Math.floor((at * 28) / (first + count))).padStart(2, '0')}T12:00:00`),
    ratios: all.map((at) => [1.5, 0.75, 1.33][at % 3]!),
    thumbHashes: all.map(() => null),
    kinds: all.map(() => 'photo'),
    durations: all.map(() => null),
    states: all.map(() => 'ready'),
    favourites: all.map(() => false),
    versions: all.map(() => 1),
    badges: all.map(() => null),
    places: all.map((at) => (at % 2 === 0 ? 0 : null)),
    towns: [{ id: Number(month.slice(5)), name: month, nameKo: null, region: null, regionKo: null, country: 'KR' }],
  };
}

function estimated(month: string, count: number) {
  return new Month(month, count, style);
}

function loaded(month: string, count: number) {
  return new Month(month, count, style, page(month, count));
}

describe('the timeline’s geometry', () => {
  test('months lie under each other', () => {
    const geometry = new Geometry([estimated('2024-05', 100), estimated('2024-04', 10), estimated('2023-12', 900)]);
    expect(geometry.tops[0]).toBe(0);
    expect(geometry.tops[2]).toBe(geometry.sections[0]!.height + geometry.sections[1]!.height);
    expect(geometry.indexAt(geometry.tops[1]!)).toBe(1);
    expect(geometry.indexAt(geometry.tops[1]! - 1)).toBe(0);
    expect(geometry.overlapping(0, geometry.tops[1]!)).toEqual([0, 1]);
    expect(geometry.overlapping(-500, 1e9)).toEqual([0, 3]);
  });

  test('what one looks at stays when a real height replaces the estimate above it', () => {
    const below = loaded('2024-03', 200);
    const before = new Geometry([estimated('2024-05', 300), estimated('2024-04', 100), below]);
    const y = before.tops[2]! + 500;
    const anchor = before.anchorAt(y)!;
    expect(anchor.pictureId).not.toBeNull();
    const after = new Geometry([loaded('2024-05', 300), estimated('2024-04', 100), below]);
    expect(after.tops[2]).not.toBe(before.tops[2]);
    expect(after.offsetOf(anchor) - after.tops[2]!).toBe(500);
  });

  test('a picture stays when others are added before it in its own month', () => {
    const before = new Geometry([loaded('2024-05', 90)]);
    const anchor = before.anchorAt(700)!;
    const grown = new Month('2024-05', 130, style, joined(page('2024-06', 40), page('2024-05', 90)));
    const after = new Geometry([grown]);
    expect(after.offsetOf(anchor)).toBe(grown.topOfPicture(anchor.pictureId!)! + anchor.offset);
    expect(after.offsetOf(anchor)).toBeGreaterThan(700);
  });

  test('an estimated month is anchored by its fraction', () => {
    const before = new Geometry([estimated('2024-05', 1000)]);
    const anchor = before.anchorAt(before.height / 2)!;
    const after = new Geometry([loaded('2024-05', 1000)]);
    expect(after.offsetOf(anchor)).toBeCloseTo(after.height / 2);
  });

  test('a vanished month hands over to the next older one', () => {
    const before = new Geometry([estimated('2024-05', 10), estimated('2024-04', 10), estimated('2024-03', 10)]);
    const anchor = before.anchorAt(before.tops[1]! + 5)!;
    const after = new Geometry([before.sections[0]!, before.sections[2]!]);
    expect(after.offsetOf(anchor)).toBe(after.tops[1]);
  });
});

describe('a month', () => {
  test('keeps its height when its pictures are released', () => {
    const month = loaded('2024-05', 321);
    expect(month.released().loaded).toBe(0);
    expect(month.released().height).toBe(month.height);
  });

  test('reserves room for the pages that are not there yet', () => {
    const part = new Month('2024-05', 70_000, style, page('2024-05', 1000));
    expect(part.height).toBeGreaterThan(10 * part.layout!.bottom);
  });

  test('that is held from its middle on leaves room above, where nothing is known', () => {
    const part = new Month('2024-05', 70_000, style, page('2024-05', 1000), 35_000);
    expect(part.layout!.top).toBeGreaterThan(part.height * 0.4);
    expect(part.layout!.top).toBeLessThan(part.height * 0.6);
    expect(part.pictureAt(part.layout!.top - 10)).toBeNull();
    expect(part.pictureAt(part.layout!.top + 10)?.pictureId).toBe('2024-05-0');
    expect(part.pictureAt(part.layout!.bottom + 500)).toBeNull();
  });

  test('of 70,000 pictures is laid out to the last', () => {
    const month = new Month('2024-05', 70_000, style, page('2024-05', 70_000));
    expect(month.layout!.rows.at(-1)!.first + month.layout!.rows.at(-1)!.count).toBe(70_000);
  });

  test('sets sparse days side by side', () => {
    const columns = page('2024-05', 8);
    const { days } = new Month('2024-05', 8, style, columns).layout!;
    expect(days).toHaveLength(8);
    expect(new Set(days.map((day) => day.top)).size).toBeLessThan(8);
  });

  test('without pictures has no height', () => {
    expect(new Month('2024-05', 0, style, noColumns()).height).toBe(0);
  });
});
