import { beforeEach, expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en-GB'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
vi.stubGlobal('document', { documentElement: {} });
const { dayName, monthName, shortMomentName } = await import('./dates');
const { language } = await import('./language.svelte');
const { durationName, sizeName } = await import('./sizes');

beforeEach(() => language.choose('en'));

test('a picture’s time is read as written, whatever its offset', () => {
  expect(shortMomentName('2008-10-22T16:28:39')).toMatch(/Oct 22, 2008.*4:28/);
  expect(shortMomentName('2008-10-22T16:28:39+09:00')).toMatch(/Oct 22, 2008.*4:28/);
  expect(dayName('2008-10-22')).toBe('Wed, Oct 22, 2008');
  expect(monthName('2008-10')).toBe('October 2008');
});

test('dates are Korean in Korean', () => {
  language.choose('ko');
  expect(monthName('2008-10')).toBe('2008년 10월');
});

test('sizes and durations read as people write them', () => {
  expect([sizeName(0), sizeName(1_000), sizeName(2_345_678), sizeName(50e9)]).toEqual(['0 bytes', '1 kB', '2.3 MB', '50 GB']);
  expect([durationName(7_000), durationName(187_400), durationName(3_723_000)]).toEqual(['0:07', '3:07', '1:02:03']);
});
