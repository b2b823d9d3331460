import { expect, test } from 'vitest';
import { fingerprint, UnfinishedUploads } from './unfinished';

const day = 24 * 3_600_000;

function browser() {
  const kept = new Map<string, string>();
  const clock = { now: 0 };
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const upload = (url: string, filename = 'film.mp4') => ({ size: 40, metadata: { filename }, creationTime: '', urlStorageKey: '', uploadUrl: url, parallelUploadUrls: null });
  return { kept, clock, storage, upload, page: () => new UnfinishedUploads(storage, () => clock.now) };
}

const file = (name = 'film.mp4', lastModified = 1) => new File(['x'.repeat(40)], name, { lastModified });
const print = fingerprint('mina', file(), 'Jeju', false);

test('what began in one page is found by the next, by the same file of the same member in the same folder', async () => {
  const { page, upload } = browser();
  await page().addUpload(print, upload('/api/uploads/1'));
  const found = async (...what: Parameters<typeof fingerprint>) => (await page().findUploadsByFingerprint(fingerprint(...what))).map(({ uploadUrl }) => uploadUrl);
  expect(await found('mina', file(), 'Jeju', false)).toEqual(['/api/uploads/1']);
  expect(await found('joon', file(), 'Jeju', false)).toEqual([]);
  expect(await found('mina', file(), 'Seoul', false)).toEqual([]);
  expect(await found('mina', file('film.mp4', 2), 'Jeju', false)).toEqual([]);
  expect(await found('mina', file(), 'Jeju', true)).toEqual([]);
});

test('a member sees what is left of theirs alone, until it ends', async () => {
  const { page, upload } = browser();
  const key = await page().addUpload(print, upload('/api/uploads/1'));
  await page().addUpload(fingerprint('joon', file('other.mp4'), '', false), upload('/api/uploads/2', 'other.mp4'));
  expect(page().of('mina')).toEqual([{ url: '/api/uploads/1', name: 'film.mp4', sizeBytes: 40 }]);
  expect(page().of('min')).toEqual([]);
  await page().removeUpload(key);
  expect(page().of('mina')).toEqual([]);
  page().forget('/api/uploads/2');
  expect(await page().findAllUploads()).toEqual([]);
});

test('what the server has long swept is forgotten, and there is never more than the browser has room for', async () => {
  const { page, upload, clock } = browser();
  for (let at = 0; at < 1_100; at++) await page().addUpload(print, upload(`/api/uploads/${at}`));
  expect(page().of('mina')).toHaveLength(1_000);
  expect(page().of('mina').at(-1)!.url).toBe('/api/uploads/1099');
  clock.now = 8 * day;
  expect(page().of('mina')).toEqual([]);
});

test('a browser that keeps nothing, or something else there, does not keep one from uploading', async () => {
  const { kept, page, upload, storage } = browser();
  kept.set('picup.unfinished', '{"not": "ours"');
  expect(page().of('mina')).toEqual([]);
  const full = new UnfinishedUploads({ ...storage, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } });
  expect(await full.addUpload(print, upload('/api/uploads/1'))).toBe('/api/uploads/1');
});
