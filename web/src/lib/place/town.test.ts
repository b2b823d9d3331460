import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Town } from '$lib/api/client';

// The language looks at once which one the browser prefers.
vi.stubGlobal('navigator', { languages: ['en'] });
const { language } = await import('$lib/language/language.svelte');
const { aroundTown, townName, townsText } = await import('./town');

const seoul: Town = { id: 1, name: 'Seoul', nameKo: '서울', region: 'Seoul', regionKo: '서울', country: 'KR' };
const suwon: Town = { id: 2, name: 'Suwon', nameKo: '수원', region: 'Gyeonggi-do', regionKo: '경기', country: 'KR' };
const siena = { id: 3, name: 'Siena', nameKo: null, region: 'Tuscany', regionKo: null, country: 'IT' } as unknown as Town;

function speak(wanted: 'en' | 'ko') {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: {} });
  language.choose(wanted);
}

afterEach(() => {
  speak('en');
  vi.unstubAllGlobals();
});

describe('the towns of a day', () => {
  test('are named by how many pictures they have', () => {
    expect(townsText([suwon, seoul, seoul, null])).toBe('Seoul, Suwon');
    expect(townsText([seoul, suwon, siena, siena])).toBe('Siena and 2 more');
    expect(townsText([null, siena])).toBe('Siena');
    expect(townsText([null])).toBe('');
  });

  test('have Korean names where there are some', () => {
    speak('ko');
    expect(townsText([seoul, siena, siena])).toBe('Siena, 서울');
    expect(townName(siena)).toBe('Siena');
    expect(aroundTown(suwon)).toBe('경기, 대한민국');
  });

  test('lie in a region and a country, each said once', () => {
    expect(aroundTown(seoul)).toBe('South Korea');
    expect(aroundTown(siena)).toBe('Tuscany, Italy');
  });
});
