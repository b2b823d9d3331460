import { describe, expect, test } from 'vitest';
import { moved, neighbours, runsOf } from './order';

const entries = (text: string) => [...text].map((id) => ({ id }));
const text = (list: { id: string }[]) => list.map(({ id }) => id).join('');

describe('the order of an album', () => {
  test.each([
    ['abcde', ['a'], 3, 'bcade'],
    ['abcde', ['e'], 0, 'eabcd'],
    ['abcde', ['d', 'b'], 5, 'acebd'],
    ['abcde', ['b', 'c'], 2, 'abcde'],
    ['abcde', ['a', 'e'], 3, 'bcaed'],
  ])('%s with %j before index %i is %s', (before, ids, at, after) => {
    expect(text(moved(entries(before), ids, at))).toBe(after);
  });

  test('knows between whom a run stands', () => {
    expect(neighbours(entries('abcde'), ['b', 'c'])).toEqual({ after: 'a', before: 'd' });
    expect(neighbours(entries('abc'), ['a', 'b', 'c'])).toEqual({ after: null, before: null });
  });

  test('remembers where each run was', () => {
    expect(runsOf(entries('abcdef'), new Set(['a', 'c', 'd', 'f']))).toEqual([
      { ids: ['a'], after: null, before: 'b' },
      { ids: ['c', 'd'], after: 'b', before: 'e' },
      { ids: ['f'], after: 'e', before: null },
    ]);
  });
});
