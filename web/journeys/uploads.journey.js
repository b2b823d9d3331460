import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const MB = 1024 * 1024;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** A photo with noise behind its end, as some cameras write: two pieces, the second a small one. */
function largePhoto(name, sizeBytes = 40 * MB) {
  const file = join(mkdtempSync(join(tmpdir(), 'picup-large-')), name);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=1200x900', '-frames:v', '1', file]);
  appendFileSync(file, randomBytes(sizeBytes - statSync(file).size));
  utimesSync(file, 1_700_000_000, 1_700_000_000); // a file that is chosen again has the same
  return file;
}

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

for (const { size, language, options } of tours) {
  describe(`large files on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let page, complaints, context;
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const panel = () => page.getByRole('region', { name: t('uploads') });
    const button = (key, values) => panel().getByRole('button', { name: t(key, values), exact: true });
    const heading = (key, values) => panel().getByRole('heading', { name: t(key, values), exact: true });
    /** Of the uploads that go on, what the server has. */
    const atServer = async () => (await (await page.request.get('/api/uploads')).json()).uploads;
    const bytesAtServer = async () => (await atServer()).reduce((sum, { offsetBytes }) => sum + offsetBytes, 0);

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      const made = await page.request.post('/api/members', { data: { username: `large-${size}-${language}-${stamp}`, password, displayName: 'Mina Kim' } });
      assert.equal(made.status(), 201);
      await page.goto('/');
      await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
    });
    after(() => context.close());

    async function choose(...files) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page.getByRole('main').getByRole('button', { name: t('upload.files') }))]);
      await chooser.setFiles(files);
    }

    /** Lets the first pieces of each upload through, and holds every one after it back until it is told what to do. */
    async function holdAfter(pieces) {
      let passed = 0;
      let release;
      const held = new Promise((resolve) => (release = resolve));
      const seen = [];
      const pattern = '**/api/uploads/*';
      const answered = [];
      const answer = async (route) => {
        if (route.request().method() !== 'PATCH') return route.fallback();
        seen.push(Number(route.request().headers()['upload-offset']));
        if (passed++ < pieces) return route.continue();
        const how = await held;
        return how === 'cut' ? route.abort('connectionreset').catch(() => undefined) : route.continue().catch(() => undefined);
      };
      const handle = (route) => answered[answered.push(answer(route)) - 1];
      // What is still being cut would be let through by taking the route away.
      const off = async () => {
        await Promise.all(answered);
        await page.unroute(pattern, handle);
      };
      await page.route(pattern, handle);
      return { seen, cut: () => release('cut'), go: () => release('go'), off };
    }

    async function stored(file) {
      const answer = await page.request.post('/api/pictures/check', { data: { sha256: [digest(file)] } });
      return (await answer.json()).known.length === 1;
    }

    async function finishes(file) {
      await heading('upload.done', { count: 1 }).waitFor({ timeout: 120_000 });
      assert.ok(await stored(file), 'the whole file is there');
      await press(button('close'));
      await panel().waitFor({ state: 'detached' });
      await forget();
    }

    /** So that the timeline stays empty, and offers its button. */
    async function forget() {
      const { pictures } = await (await page.request.get('/api/pictures')).json();
      for (const { id } of pictures) await page.request.delete(`/api/pictures/${id}`);
      await page.request.delete('/api/trash');
      await page.goto('/');
      await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
    }

    test('goes on by itself when the connection is cut', async () => {
      const file = largePhoto('cut.jpg');
      const way = await holdAfter(1);
      await choose(file);
      await eventually('a piece has arrived and the next is on its way', () => way.seen.length === 2 || way.seen);
      way.cut();
      await panel().getByText(t('upload.interrupted')).waitFor();
      await shot('upload-interrupted');
      await way.off();
      await finishes(file);
      assert.deepEqual(way.seen, [0, 32 * MB]);
    });

    test('goes on by itself when the network was away', async () => {
      const file = largePhoto('offline.jpg');
      const way = await holdAfter(1);
      await choose(file);
      await eventually('a piece has arrived and the next is on its way', () => way.seen.length === 2 || way.seen);
      await context.setOffline(true);
      way.cut();
      await page.getByText(t('offline')).waitFor();
      await way.off();
      await context.setOffline(false);
      await finishes(file);
    });

    test('is paused and resumed, one and all', async () => {
      const file = largePhoto('paused.jpg');
      const way = await holdAfter(1);
      await choose(file);
      await eventually('a piece has arrived and the next is on its way', () => way.seen.length === 2 || way.seen);
      await press(button('upload.pauseOne', { name: 'paused.jpg' }));
      await heading('upload.allPaused', { count: 1 }).waitFor();
      way.cut();
      await way.off();
      await shot('upload-paused');
      assert.equal(await bytesAtServer(), 32 * MB);
      const second = await holdAfter(0);
      await press(button('upload.resumeOne', { name: 'paused.jpg' }));
      await eventually('it goes on where it was', () => second.seen.length === 1 || second.seen);
      assert.deepEqual(second.seen, [32 * MB]);
      await press(button('upload.pause'));
      await heading('upload.allPaused', { count: 1 }).waitFor();
      second.cut();
      await second.off();
      await press(button('upload.resume'));
      await finishes(file);
    });

    test('goes on after the page was closed, when the same file is chosen again', async () => {
      const file = largePhoto('reloaded.jpg');
      const way = await holdAfter(1);
      await choose(file);
      await eventually('a piece has arrived and the next is on its way', () => way.seen.length === 2 || way.seen);
      page.once('dialog', (dialog) => dialog.accept());
      await page.reload(); // with the piece still held: to take the route away would let it go
      way.cut();
      await way.off();
      await heading('upload.left', { count: 1 }).waitFor();
      await panel().getByText('reloaded.jpg').waitFor();
      await shot('upload-left');
      const second = await holdAfter(9);
      await choose(file);
      await finishes(file);
      assert.deepEqual(second.seen, [32 * MB]);
      await second.off();
    });

    test('is cancelled here and at the server', async () => {
      const file = largePhoto('unwanted.jpg');
      const way = await holdAfter(1);
      await choose(file);
      await eventually('a piece has arrived and the next is on its way', () => way.seen.length === 2 || way.seen);
      assert.equal((await atServer()).length, 1);
      await press(button('upload.cancelOne', { name: 'unwanted.jpg' }));
      way.cut();
      await panel().getByText(t('upload.cancelled')).waitFor();
      await eventually('nothing is left of it', async () => (await atServer()).length === 0 || atServer());
      await way.off();
      await press(button('close'));
      await page.reload();
      await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
      assert.equal(await panel().count(), 0);
    });

    test('is refused with the reason when it is no picture', async () => {
      const file = join(mkdtempSync(join(tmpdir(), 'picup-large-')), 'archive.zip');
      appendFileSync(file, Buffer.concat([Buffer.from('PK\x03\x04'), randomBytes(6 * MB)]));
      await choose(file);
      await panel().getByText(t('problem.not-a-picture')).waitFor();
      await shot('upload-refused');
      assert.deepEqual(await atServer(), []);
      await press(button('close'));
    });

    test('says what is safe to delete from this device', async () => {
      await page.goto('/receipts');
      await page.getByRole('heading', { name: t('receipts.empty') }).waitFor();
      await shot('receipts-empty');
      await page.goto('/');
      const file = largePhoto('kept.jpg', 6 * MB);
      await choose(file);
      await heading('upload.done', { count: 1 }).waitFor();
      await press(button('close'));
      await page.goto('/settings');
      await press(page.getByRole('button', { name: t('receipts.open') }));
      // as the server knows the browser, which says it in English
      const card = page.locator('.card').filter({ has: page.getByRole('heading', { name: /on Linux|on Android/ }) });
      const here = card.getByText(t('receipts.here'), { exact: true });
      await here.waitFor();
      await eventually('it was read back', async () => {
        const { sources } = await (await page.request.get('/api/receipts')).json();
        return sources.every(({ pictures, verified }) => pictures === verified) || sources;
      }, { withinMs: 120_000 });
      await page.reload();
      await card.getByText(t('receipts.allHere', { count: 1 })).waitFor();
      await press(card.getByRole('button', { name: t('receipts.files') }));
      await card.getByText('kept.jpg').waitFor();
      await shot('receipts');
      const [download] = await Promise.all([page.waitForEvent('download'), press(card.getByRole('button', { name: t('receipts.download') }))]);
      const { key, pages } = JSON.parse(readFileSync(await download.path(), 'utf8'));
      const [original] = pages[0].statement.originals;
      assert.deepEqual([original.name, original.sha256, original.verified], ['kept.jpg', digest(file), true]);
      assert.equal(pages[0].keyId, key.keyId);
      await page.getByLabel(t('receipts.device.name')).fill('Mina’s phone');
      await press(page.getByRole('button', { name: t('save') }));
      await eventually('the old name is another device now', async () => (await here.count()) === 0);
      await card.getByText(t('receipts.all', { count: 1 })).waitFor();
    });

    test('never saw an error or a breach of the content policy', async () => {
      // What was cut, refused or out of reach is what these journeys do, and a browser logs it.
      const expected = /ERR_(CONNECTION_RESET|INTERNET_DISCONNECTED|FAILED|INCOMPLETE_CHUNKED_ENCODING)|status of (415|404|410)/;
      assert.deepEqual(complaints.filter((complaint) => !expected.test(complaint)), []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
