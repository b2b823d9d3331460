import { expect, test, vi } from 'vitest';
import type { Picture } from '$lib/api/client';

vi.stubGlobal('location', { origin: 'http://localhost' });
const { badgeOf, burstOf, downloadsOf, isSharper, movingOf, rawOf } = await import('./parts');

type Part = Picture['parts'][number];

function part(role: string, fileName: string, more: Partial<Part> = {}): Part {
  return { id: fileName, role, kind: 'photo', mediaType: 'image/jpeg', fileName, sha256: '0'.repeat(64), sizeBytes: 10, state: 'ready', version: 3, durationMs: null, playable: false, ...more };
}

function picture(more: object = {}): Picture {
  const detail = { frames: 1, hdr: false, panorama: null, tags: [], faces: [] };
  const plain = { id: 'p', kind: 'photo', mediaType: 'image/jpeg', fileName: 'IMG_1.jpg', sizeBytes: 20, state: 'ready', version: 2, width: 4000, height: 3000, parts: [], sidecars: [], renditions: ['thumb', 'preview'] };
  return { ...plain, detail, ...more } as unknown as Picture;
}

test('a plain photo has no badge and nothing that moves', () => {
  expect(badgeOf(picture())).toBeNull();
  expect(movingOf(picture())).toBeNull();
  expect(burstOf(picture())).toEqual([]);
});

test('the video of a Live Photo is that part’s own, once it can be played', () => {
  const live = part('live', 'IMG_1.mov', { kind: 'video', state: 'ready', playable: false });
  expect(movingOf(picture({ parts: [live] }))).toEqual({ kind: 'live', src: null });
  const src = '/api/pictures/IMG_1.mov/renditions/video?v=3';
  expect(movingOf(picture({ parts: [{ ...live, playable: true }] }))).toEqual({ kind: 'live', src });
  expect(badgeOf(picture({ parts: [live] }))).toBe('live');
});

test('a motion photo carries its video itself', () => {
  const src = '/api/pictures/p/renditions/motion?v=2';
  expect(movingOf(picture({ renditions: ['thumb', 'preview', 'motion'] }))).toEqual({ kind: 'motion', src });
});

test('a burst is in the order it was taken, its cover wherever that stands', () => {
  const parts = [part('burst', 'IMG_10.jpg'), part('burst', 'IMG_0.jpg')];
  expect(burstOf(picture({ parts })).map(({ fileName }) => fileName)).toEqual(['IMG_0.jpg', 'IMG_1.jpg', 'IMG_10.jpg']);
  expect(badgeOf(picture({ parts }))).toBe('burst');
});

test('RAW beside a photo is a badge', () => {
  const raw = part('raw', 'IMG_1.CR3', { mediaType: 'image/x-raw' });
  expect(rawOf(picture({ parts: [raw] }))).toBe(raw);
  expect(badgeOf(picture({ parts: [raw] }))).toBe('raw');
});

test('an animation is one only as a photo', () => {
  const detail = { ...picture().detail, frames: 12 };
  expect(badgeOf(picture({ detail }))).toBe('animation');
  expect(badgeOf(picture({ detail, kind: 'video' }))).toBeNull();
});

test('more pixels are asked for only where there are more', () => {
  expect(isSharper(picture())).toBe(true);
  expect(isSharper(picture({ height: 1000 }))).toBe(false);
  expect(isSharper(picture({ mediaType: 'image/heic' }))).toBe(false);
  expect(isSharper(picture({ mediaType: 'image/heic', renditions: ['full'] }))).toBe(true);
});

test('every file of an item can be had, and what a person edited', () => {
  const parts = [part('raw', 'IMG_1.CR3')];
  const sidecars = [{ id: 's', fileName: 'IMG_1.xmp', kind: 'xmp', sizeBytes: 5 }];
  expect(downloadsOf(picture({ parts, sidecars })).map(({ kind, url }) => [kind, url])).toEqual([
    ['original', '/api/pictures/p/original?download=true'],
    ['raw', '/api/pictures/IMG_1.CR3/original?download=true'],
    ['sidecar', '/api/pictures/p/sidecars/s'],
    ['edits', '/api/pictures/p/xmp'],
  ]);
});
