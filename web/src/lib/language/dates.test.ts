import { beforeEach, expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en-GB'] });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
vi.stubGlobal('document', { documentElement: {} });
const { agoName, dayName, monthName, shortMomentName, tightMomentName } = await import('./dates');
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
  expect(tightMomentName('2008-10-22T16:28:39')).toEqual(['10월 22일', '2008년']);
  expect(tightMomentName(`${new Date().getFullYear()}-10-22T16:28:39`)).toEqual(['10월 22일', expect.stringContaining('4:28')]);
});

test('what happened is told in the largest unit that fits, and never lies ahead', () => {
  const ago = (instant: string) => agoName(instant, Date.parse('2026-11-22T12:00:00Z'));
  expect(ago('2026-11-22T11:59:30.123456Z')).toBe('now');
  expect(ago('2026-11-22T11:18:00Z')).toBe('42 minutes ago');
  expect(ago('2026-11-22T09:01:00Z')).toBe('2 hours ago');
  expect(ago('2026-11-21T11:00:00Z')).toBe('yesterday');
  expect(ago('2026-10-01T11:00:00Z')).toBe('52 days ago');
  expect(ago('2026-11-22T12:05:00Z')).toBe('now');
  language.choose('ko');
  expect(ago('2026-11-22T09:01:00Z')).toBe('2시간 전');
});

test('sizes and durations read as people write them', () => {
  expect([0, 1_000, 2_345_678, 50e9, 999_999_300_000, 999.4e9].map(sizeName)).toEqual(['0 bytes', '1 kB', '2.3 MB', '50 GB', '1 TB', '999 GB']);
  expect([durationName(7_000), durationName(187_400), durationName(3_723_000)]).toEqual(['0:07', '3:07', '1:02:03']);
});
