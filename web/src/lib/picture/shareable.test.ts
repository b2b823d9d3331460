import { expect, test, vi } from 'vitest';
import type { Picture } from '$lib/api/client';

vi.stubGlobal('location', { origin: 'https://picup.example' });
const { candidatesOf, chosenOf } = await import('./shareable');

function picture(changes: Partial<Picture>): Picture {
  return { id: '7', version: 3, kind: 'photo', fileName: 'IMG_1.HEIC', mediaType: 'image/heic', sizeBytes: 3_000_000, renditions: ['thumb', 'preview', 'full'], edit: null, ...changes } as Picture;
}

const known = new Set(['image/jpeg', 'video/mp4']);
const chosen = (changes: Partial<Picture>, leftBytes = 50_000_000) => chosenOf(picture(changes), leftBytes, ({ mediaType }) => known.has(mediaType));

test('the original goes where other apps know its kind, and else what was made of it', () => {
  expect(chosen({ fileName: 'IMG_1.JPG', mediaType: 'image/jpeg' })).toMatchObject({ fileName: 'IMG_1.JPG', sizeBytes: 3_000_000 });
  expect(chosen({})).toMatchObject({ fileName: 'IMG_1.jpg', url: '/api/pictures/7/renditions/full?download=true' });
  expect(chosen({ renditions: ['thumb', 'preview'] })).toMatchObject({ url: '/api/pictures/7/renditions/preview?v=3' });
  expect(chosen({ kind: 'video', fileName: 'a.mov', mediaType: 'video/quicktime' })).toMatchObject({ fileName: 'a.mp4', url: '/api/pictures/7/renditions/video?v=3' });
});

test('an original that is too large is not tried, and an edit is never given as it was before', () => {
  expect(chosen({ fileName: 'IMG_1.JPG', mediaType: 'image/jpeg' }, 1_000_000)).toMatchObject({ sizeBytes: null });
  const edited = candidatesOf(picture({ mediaType: 'image/jpeg', edit: { shown: true } as Picture['edit'] }));
  expect(edited.some(({ url }) => url.includes('original'))).toBe(false);
});

test('where nothing of it can be given, there is none', () => {
  expect(chosenOf(picture({}), 1, () => false)).toBeNull();
});
