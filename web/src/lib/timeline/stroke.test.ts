import { expect, test } from 'vitest';
import { Stroke, type Between } from './stroke';

/** A list as the library has it, `a` being the newest. */
function listOf(letters: string) {
  const ids = [...letters];
  const between: Between = async (one, other) => {
    const ends = [ids.indexOf(one), ids.indexOf(other)].sort((x, y) => x - y);
    return ends[0]! < 0 ? [other] : ids.slice(ends[0], ends[1]! + 1);
  };
  return { ids, between };
}

const shown = (checked: Set<string>) => [...checked].sort().join('');

test('takes in all from where it began to where it is', async () => {
  const checked = new Set<string>();
  const stroke = new Stroke('c', checked, listOf('abcdefgh').between);
  expect(shown(checked)).toBe('c');
  await stroke.to('f');
  expect(shown(checked)).toBe('cdef');
});

test('goes towards newer pictures as well', async () => {
  const checked = new Set<string>();
  const stroke = new Stroke('f', checked, listOf('abcdefgh').between);
  await stroke.to('b');
  expect(shown(checked)).toBe('bcdef');
  await stroke.to('e');
  expect(shown(checked)).toBe('ef');
});

test('gives up what it took when it comes back, and past its start takes the other side', async () => {
  const checked = new Set<string>();
  const stroke = new Stroke('d', checked, listOf('abcdefgh').between);
  await stroke.to('g');
  await stroke.to('e');
  expect(shown(checked)).toBe('de');
  await stroke.to('b');
  expect(shown(checked)).toBe('bcd');
  await stroke.to('h');
  expect(shown(checked)).toBe('defgh');
  await stroke.to('d');
  expect(shown(checked)).toBe('d');
  expect(stroke.count).toBe(1);
});

test('leaves what was checked before as it was', async () => {
  const checked = new Set(['a', 'e']);
  const stroke = new Stroke('c', checked, listOf('abcdefgh').between);
  await stroke.to('g');
  expect(shown(checked)).toBe('acdefg');
  await stroke.to('d');
  expect(shown(checked)).toBe('acde');
});

test('from a checked one it unchecks, and coming back checks again what was', async () => {
  const checked = new Set(['b', 'c', 'e']);
  const stroke = new Stroke('b', checked, listOf('abcdefgh').between);
  await stroke.to('f');
  expect(shown(checked)).toBe('');
  await stroke.to('c');
  expect(shown(checked)).toBe('e');
});

test('of the places pointed at while it loads only the last counts', async () => {
  const checked = new Set<string>();
  const { between } = listOf('abcdefgh');
  const asked: string[] = [];
  let answer = () => undefined as void;
  const stroke = new Stroke('a', checked, async (one, other) => {
    asked.push(other);
    if (asked.length === 1) await new Promise<void>((done) => (answer = done));
    return between(one, other);
  });
  const there = stroke.to('c');
  for (const id of ['d', 'h', 'e']) void stroke.to(id);
  answer();
  await there;
  expect(asked).toEqual(['c', 'e']);
  expect(shown(checked)).toBe('abcde');
});

test('does not need again what has been let go', async () => {
  const checked = new Set<string>();
  const { ids, between } = listOf('abcdefgh');
  const stroke = new Stroke('a', checked, between);
  await stroke.to('d');
  ids.splice(0, 3); // far away from what is seen by now
  await stroke.to('f');
  expect(shown(checked)).toBe('abcdef');
  await stroke.to('b');
  expect(shown(checked)).toBe('ab');
});

test('a part that cannot be loaded leaves it where it was, and it goes on from there', async () => {
  const checked = new Set<string>();
  const { between } = listOf('abcdefgh');
  let away = true;
  const stroke = new Stroke('a', checked, async (one, other) => {
    if (away) throw new Error('no network');
    return between(one, other);
  });
  await expect(stroke.to('c')).rejects.toThrow('no network');
  expect(shown(checked)).toBe('a');
  away = false;
  await stroke.to('d');
  expect(shown(checked)).toBe('abcd');
});
