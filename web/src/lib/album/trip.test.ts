import { describe, expect, test } from 'vitest';
import type { Town } from '$lib/api/client';
import { chaptersOf } from './trip';

const town = { id: 1, name: 'Jeju City', nameKo: '제주', region: 'Jeju-do', regionKo: '제주', country: 'KR' };
const picture = (id: string, day: string, latitude: number | null = null) => ({ id, takenAt: `2024-05-${day}T10:00:00`, latitude, longitude: latitude, town: (latitude === null ? null : town) as Town });
const text = (id: string, before: string | null) => ({ id, text: id, before });

describe('the chapters of a trip', () => {
  test('are its days, each with the first place that is known', () => {
    const chapters = chaptersOf([picture('a', '01'), picture('b', '01', 33.5), picture('c', '02')], []);
    expect(chapters.map(({ day, number, place }) => [day, number, place?.latitude])).toEqual([
      ['2024-05-01', 1, 33.5],
      ['2024-05-02', 2, undefined],
    ]);
    expect(chapters.map(({ towns }) => towns)).toEqual([[town], []]);
    expect(chapters[0]!.blocks).toEqual([{ kind: 'pictures', at: 0, count: 2 }]);
  });

  test('have texts between their pictures', () => {
    const [chapter] = chaptersOf([picture('a', '01'), picture('b', '01'), picture('c', '01')], [text('one', 'b'), text('two', 'b'), text('end', null), text('later', 'not loaded')]);
    expect(chapter!.blocks.map((block) => (block.kind === 'text' ? block.text.id : `${block.at}+${block.count}`))).toEqual(['0+1', 'one', 'two', '1+2']);
  });

  test('have no numbers where the order does not follow the days', () => {
    expect(chaptersOf([picture('a', '02'), picture('b', '01'), picture('c', '02')], []).map(({ number }) => number)).toEqual([0, 0, 0]);
  });
});
