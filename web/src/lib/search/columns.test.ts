import { expect, test } from 'vitest';
import { Month, type TilePicture } from '$lib/timeline/month';
import { styleFor } from '$lib/timeline/style';
import { columnsOf } from './columns';

const town = { id: 7, name: 'Seoul', nameKo: '서울', region: null, regionKo: null, country: 'KR' };

function tile(id: string, day: string, where: TilePicture['town']): TilePicture {
  return { id, takenAt: `${day}T10:00:00`, ratio: 1.5, thumbHash: null, kind: 'photo', durationMs: null, state: 'ready', favourite: id === 'b', version: 3, badge: null, town: where };
}

test('pictures of several months are days of one layout, and stay what they are', () => {
  const tiles = [tile('a', '2024-05-02', town), tile('b', '2024-05-02', null), tile('c', '2019-01-01', { ...town })];
  const columns = columnsOf(tiles);
  const month = new Month('found', 3, styleFor(1200), columns);
  expect(tiles.map((_, at) => month.picture(at))).toEqual(tiles);
  expect(month.layout!.days.map(({ day, count }) => [day, count])).toEqual([
    ['2024-05-02', 2],
    ['2019-01-01', 1],
  ]);
  expect(columns.towns).toHaveLength(1);
});
