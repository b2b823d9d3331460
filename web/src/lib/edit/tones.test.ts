import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { neutral, sliders } from './recipe';
import { applyTones, curvesOf } from './tones';

/** The server's test reads the same table: what a browser shows while somebody edits is what libvips makes. */
const table: { tones: Partial<typeof neutral>; pixels: [number[], number[]][] }[] = JSON.parse(
  readFileSync(new URL('../../../../server/src/test/resources/edit/tones.json', import.meta.url), 'utf8'),
);

test.each(table)('$tones is as the formulas say', ({ tones, pixels }) => {
  const from = Uint8ClampedArray.from(pixels.flatMap(([before]) => [...before, 77]));
  const to = new Uint8ClampedArray(from.length);
  applyTones(from, to, { ...neutral, ...tones });
  expect([...to]).toEqual(pixels.flatMap(([, after]) => [...after, 77]));
});

test('the table has both ends of every slider', () => {
  for (const slider of sliders) for (const end of [-100, 100]) expect(table.some(({ tones }) => tones[slider] === end && Object.keys(tones).length === 1)).toBe(true);
});

test('no curve ever falls', () => {
  for (const slider of sliders) {
    for (const end of [-100, 100]) {
      for (const curve of curvesOf({ ...neutral, [slider]: end })) {
        for (let shade = 1; shade < 256; shade++) expect(curve[shade]).toBeGreaterThanOrEqual(curve[shade - 1]!);
      }
    }
  }
});
