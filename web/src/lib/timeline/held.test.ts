import { describe, expect, test } from 'vitest';
import type { TimelinePage } from '$lib/api/client';
import { around, needOf, newer, older, withPage, type Need } from './held';
import { Month, noColumns } from './month';
import { styleFor } from './style';

const style = styleFor(1200);

/** A server with one month, whose pictures are named by what is in `ids`, newest first. */
function serverOf(ids: string[]) {
  return ({ from, limit }: Pick<Need, 'from' | 'limit'>): TimelinePage => {
    const shown = ids.slice(from, from + limit);
    return {
      month: '2024-05',
      count: ids.length,
      first: from,
      next: from + limit < ids.length ? 'more' : null,
      ids: shown,
      takenAt: shown.map(() => '2024-05-12T12:00:00'),
      ratios: shown.map(() => 1.5),
      thumbHashes: shown.map(() => null),
      kinds: shown.map(() => 'photo'),
      durations: shown.map(() => null),
      states: shown.map(() => 'ready'),
      favourites: shown.map(() => false),
      versions: shown.map(() => 1),
      badges: shown.map(() => null),
      places: shown.map(() => null),
      towns: [],
    };
  };
}

function named(count: number) {
  return Array.from({ length: count }, (_, at) => `p${at}`);
}

const huge = named(70_000);

/** What is held is always a stretch of what the server has. */
function expectStretch(month: Month, ids: readonly string[]) {
  expect(month.columns.ids).toEqual(ids.slice(month.first, month.end));
}

describe('what is held of a month', () => {
  test('is all of a usual one after one answer, wherever one stands in it', () => {
    const server = serverOf(named(250));
    const estimated = new Month('2024-05', 250, style);
    for (const depth of [0, 0.5, 0.99]) {
      const y = depth * estimated.height;
      const month = withPage(estimated, server(needOf(estimated, y, y + 900)!))!;
      expect(month.loaded).toBe(250);
      expect(needOf(month, y, y + 900)).toBeNull();
    }
  });

  test('after a leap to anywhere of a huge one is what one sees, by one small answer', () => {
    const server = serverOf(huge);
    const estimated = new Month('2024-05', huge.length, style);
    for (let share = 0; share <= 1; share += 0.05) {
      const y = share * (estimated.height - 900);
      const need = needOf(estimated, y, y + 900)!;
      expect(need.limit).toBeLessThanOrEqual(300);
      const month = withPage(estimated, server(need))!;
      expectStretch(month, huge);
      // The timeline keeps the share of the height.
      const seen = (y / estimated.height) * month.height;
      expect(month.isHeldAt(seen) && month.isHeldAt(seen + 900), `at ${share}`).toBe(true);
    }
  });

  test('grows at both ends while one goes on, and stays bounded', () => {
    const server = serverOf(huge);
    let month = withPage(new Month('2024-05', huge.length, style), server({ from: 35_000, limit: 300 }))!;
    for (let step = 0; step < 10; step++) {
      const need = needOf(month, month.layout!.bottom - 900, month.layout!.bottom + 900)!;
      expect(need.beside).toBe('older');
      month = withPage(month, server(need), need.beside)!;
      expectStretch(month, huge);
    }
    expect(month.end).toBe(45_300);
    expect(month.loaded).toBe(4_000);
    for (let step = 0; step < 60; step++) {
      const need = needOf(month, month.layout!.top - 900, month.layout!.top + 900);
      if (!need) break;
      expect(need.beside).toBe('newer');
      month = withPage(month, server(need), need.beside)!;
      expectStretch(month, huge);
    }
    expect(month.hasNewest).toBe(true);
    expect(month.loaded).toBe(4_000);
  });

  test('ends where the rows end, though the count says more', () => {
    const page = serverOf(named(120))({ from: 0, limit: 300 });
    const month = withPage(new Month('2024-05', 130, style), { ...page, count: 130 })!;
    expect(month.hasOldest).toBe(true);
    expect(needOf(month, 0, month.height)).toBeNull();
  });

  test('begins anew where the month has changed under it, instead of skipping or repeating a picture', () => {
    const before = named(5_000);
    const held = withPage(new Month('2024-05', before.length, style), serverOf(before)({ from: 1_000, limit: 300 }))!;
    for (const after of [['new', ...before], before.slice(1)]) {
      for (const need of [older(held), newer(held)]) {
        const month = withPage(held, serverOf(after)(need), need.beside)!;
        expectStretch(month, after);
      }
    }
  });

  test('is nothing once the month is empty, and an estimate where it has become too short', () => {
    const held = withPage(new Month('2024-05', 5_000, style), serverOf(named(5_000))({ from: 4_000, limit: 300 }))!;
    expect(withPage(held, serverOf([])({ from: 0, limit: 300 }))).toBeNull();
    const short = withPage(held, serverOf(named(200))({ from: 4_000, limit: 300 }))!;
    expect(short.loaded).toBe(0);
    expect(needOf(short, 0, 900)).toEqual({ from: 0, limit: 300, beside: null });
    expect(withPage(new Month('2024-05', 3, style), { ...serverOf([])({ from: 0, limit: 300 }), count: 3 })).toBeNull();
  });

  test('is found around a number within the month', () => {
    const month = new Month('2024-05', 5_000, style);
    expect(around(month, 0).from).toBe(0);
    expect(around(month, 2_500).from).toBe(2_350);
    expect(around(month, 4_999).from).toBe(4_700);
    expect(around(new Month('2024-05', 20, style, noColumns()), 19).from).toBe(0);
  });
});
