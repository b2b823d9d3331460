import { describe, expect, test } from 'vitest';
import { moved, neighbours, placed, runsOf } from './order';

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

  const places = (list: string) => list.split(' ').filter(Boolean).map((each) => ({ picture: { id: each[1]! }, after: each[0] === '.' ? null : each[0]! }));

  test.each([
    ['came between', 'abcd', 'x', 'bx', 'abxcd'],
    ['came first', 'abcd', 'x', '.x', 'xabcd'],
    ['moved on', 'abcd', 'b', 'cb', 'acbd'],
    ['moved behind each other', 'abcd', 'ad', 'ca ad', 'bcad'],
    ['went', 'abcd', 'bd', '', 'ac'],
    ['went to where nobody has scrolled', 'abcd', 'b', 'zb', 'acd'],
    ['came to an empty album', '', 'xy', '.x xy', 'xy'],
  ])('what %s: %s, of which %s changed and stand at %j, becomes %s', (_, before, changed, where, after) => {
    expect(text(placed(entries(before), new Set(changed), places(where)))).toBe(after);
  });
});
