import { expect, test, vi } from 'vitest';
import type { Picture } from '$lib/api/client';

vi.stubGlobal('location', { origin: 'http://localhost' });
vi.stubGlobal('navigator', { languages: ['en'] });
const { inverseOf } = await import('./changes');

const before = {
  description: null, rating: 3, takenAt: '2024-05-14T10:20:30+09:00', latitude: null, longitude: null, detail: { tags: ['sea'] },
} as unknown as Picture;

test('only what was changed is brought back', () => {
  expect(inverseOf({ rating: 5 }, before)).toEqual({ rating: 3 });
  expect(inverseOf({ takenAt: '2020-01-01T00:00:00' }, before)).toEqual({ takenAt: '2024-05-14T10:20:30+09:00' });
  expect(inverseOf({ tags: [] }, before)).toEqual({ tags: ['sea'] });
});

test('what was not there is taken away again', () => {
  expect(inverseOf({ description: 'A boat' }, before)).toEqual({ description: '' });
  expect(inverseOf({ rating: 2 }, { ...before, rating: null })).toEqual({ rating: 0 });
  expect(inverseOf({ place: { latitude: 1, longitude: 2 } }, before)).toEqual({ clearPlace: true });
});

test('a place that was taken away comes back', () => {
  const placed = { ...before, latitude: 0, longitude: -0.5 };
  expect(inverseOf({ clearPlace: true }, placed)).toEqual({ place: { latitude: 0, longitude: -0.5 } });
});
