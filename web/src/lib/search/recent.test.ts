import { beforeEach, expect, test, vi } from 'vitest';
import { forgetSearch, recentSearches, rememberSearch } from './recent';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

test('the newest search comes first, once, and few are kept', () => {
  for (const query of ['Jeju', ' Seoul ', 'jeju', '']) rememberSearch('ada', query);
  expect(recentSearches('ada')).toEqual(['jeju', 'Seoul']);
  for (let at = 0; at < 20; at++) rememberSearch('ada', `query ${at}`);
  expect(recentSearches('ada')).toHaveLength(8);
  expect(recentSearches('ada')[0]).toBe('query 19');
});

test('one can be forgotten, and all', () => {
  for (const query of ['a', 'b', 'c']) rememberSearch('ada', query);
  forgetSearch('ada', 'b');
  expect(recentSearches('ada')).toEqual(['c', 'a']);
  forgetSearch('ada');
  expect(recentSearches('ada')).toEqual([]);
});

test('are the member’s own, and survive what others write there', () => {
  rememberSearch('ada', 'Jeju');
  expect(recentSearches('eve')).toEqual([]);
  localStorage.setItem('picup.searches', '{"memberId":"ada","queries":[1,"Seoul",null]}');
  expect(recentSearches('ada')).toEqual(['Seoul']);
  localStorage.setItem('picup.searches', 'no json');
  expect(recentSearches('ada')).toEqual([]);
});
