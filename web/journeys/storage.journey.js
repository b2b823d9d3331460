import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const folder = mkdtempSync(join(tmpdir(), 'picup-storage-'));
const files = landscapes(folder, 14, { perDay: 4, daysApart: 3 });

/** The same picture in another file, as what follows the end of a JPEG is nobody's business. */
const another = () => Buffer.concat([readFileSync(files[0]), randomBytes(64)]);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`storage, work and settings on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    const phone = size === 'phone';
    const username = `storage-${size}-${language}-${stamp}`;
    let here, page, ids;
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const button = (key, values) => page.getByRole('button', { name: t(key, values), exact: true });
    const get = async (path) => (await page.request.get(path)).json();
    const rows = () => page.getByRole('list', { name: t('storage.largest.list') }).locator('[data-picture]');
    const listed = () => rows().evaluateAll((all) => all.map((row) => row.dataset.picture));
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    const tile = (id) => page.locator(`.tile [data-picture="${id}"]`);

    async function send(name, buffer) {
      const answer = await page.request.post('/api/pictures', { multipart: { file: { name, mimeType: 'image/jpeg', buffer } } });
      return (await answer.json()).id;
    }

    const settled = () =>
      eventually('no picture is being looked into', async () => {
        const { pictures } = await get('/api/pictures?limit=500');
        return pictures.every(({ state }) => state !== 'processing');
      }, { withinMs: 180_000 });

    before(async () => {
      here = await openPage(browser, options);
      page = here.page;
      page.setDefaultTimeout(20_000);
      await page.request.post('/api/members', { data: { username, password, displayName: 'Mina' } });
      ids = [];
      for (const file of files) ids.push(await send(basename(file), readFileSync(file)));
      await settled();
    });
    after(() => here.context.close());

    test('storage: says what takes space, and lists the largest files first', async () => {
      await page.goto('/storage');
      const { pictures } = await get('/api/storage/largest');
      const sizesBytes = pictures.map(({ sizeBytes }) => sizeBytes);
      assert.deepEqual(sizesBytes, [...sizesBytes].sort((a, b) => b - a));
      await eventually('the list is that of the server', async () => same(await listed(), pictures.map(({ id }) => id)) || listed());
      const use = await get('/api/storage');
      assert.equal(use.photos.files, files.length);
      assert.equal(use.photos.bytes, use.usedBytes);
      await page.getByRole('list', { name: t('storage.sorts') }).getByText(t('storage.fileCount', { count: files.length })).waitFor();
      await shot('storage');
    });

    test('storage: opens a file where it is, and leafs through the largest', async () => {
      const [first, second] = await listed();
      await press(page.locator(`[data-picture="${first}"]`));
      await page.locator('.viewer img').first().waitFor();
      await page.keyboard.press('ArrowRight');
      await eventually('the second largest is shown', () => page.url().endsWith(`/storage/picture/${second}`));
      await page.keyboard.press('Escape');
      await page.locator('.viewer').waitFor({ state: 'detached' });
      assert.equal(new URL(page.url()).pathname, '/storage');
    });

    test('storage: moves the largest to the trash, undoes it, and empties the trash', async () => {
      const before = await listed();
      const choose = async (id) => press(page.locator(`li:has([data-picture="${id}"])`).getByRole('checkbox'));
      for (const id of before.slice(0, 2)) await choose(id);
      await page.getByText(t('select.count', { count: 2 })).waitFor();
      assert.deepEqual(await page.locator('li [type=checkbox]').evaluateAll((boxes) => boxes.slice(0, 3).map(({ checked }) => checked)), [true, true, false]);
      await shot('storage-selected');
      await press(button('trash.move'));
      await eventually('both have left the list', async () => same(await listed(), before.slice(2)) || listed());
      await press(button('undo'));
      await eventually('both are back where they were', async () => same(await listed(), before) || listed());
      for (const id of before.slice(0, 2)) await choose(id);
      await press(button('trash.move'));
      const trashed = page.getByRole('list', { name: t('storage.sorts') }).getByRole('listitem').filter({ hasText: t('storage.trash') });
      await trashed.waitFor();
      await press(button('trash.empty'));
      const dialog = page.getByRole('dialog');
      await dialog.getByText(t('trash.confirm.text')).waitFor();
      await shot('storage-empty-trash');
      await press(dialog.getByRole('button', { name: t('trash.delete') }));
      await page.getByText(t('storage.emptied')).waitFor();
      await trashed.waitFor({ state: 'detached' });
      const use = await get('/api/storage');
      assert.deepEqual([use.trash.files, use.photos.files], [0, files.length - 2]);
      assert.equal(use.photos.bytes, use.usedBytes);
      ids = ids.filter((id) => !before.slice(0, 2).includes(id));
    });

    const line = () => page.locator(phone ? '.activity.small > button' : 'nav .activity > button');

    test('work: a line says what is being done, counts down, and goes', async () => {
      await page.goto('/');
      await tile(ids.at(-1)).waitFor({ state: 'attached' });
      assert.equal(await line().count(), 0, 'nothing is being done');
      const counts = [];
      page.on('response', async (answer) => {
        if (new URL(answer.url()).pathname === '/api/under-way') counts.push((await answer.json().catch(() => ({ work: {} }))).work.pictures);
      });
      const asked = () => counts.length;
      // In several rounds: a quick machine is through with one before anybody has asked.
      for (const round of [1, 2, 3]) await Promise.all(Array.from({ length: 60 }, (_, at) => send(`more-${round}-${at}.jpg`, another())));
      await line().waitFor({ timeout: 60_000 });
      await press(line());
      await page.getByRole('region', { name: t('underWay') }).getByText(t('underWay.text')).waitFor();
      await page.keyboard.press('Escape');
      await settled();
      await line().waitFor({ state: 'detached', timeout: 60_000 });
      const busy = counts.filter((count) => count > 0);
      assert.ok(busy.length > 0, `the pictures were counted: ${counts}`);
      await eventually('the last answer said that nothing is left', () => counts.at(-1) === 0 || counts.at(-1));
      const idle = asked();
      await page.waitForTimeout(4_000);
      assert.equal(asked(), idle, 'nothing is asked while nothing happens');
    });

    test('work: what went wrong says why and what to do, until it was seen', async () => {
      const name = `broken \u202Egpj.exe ${stamp}.jpg`;
      const broken = await send(name, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'), randomBytes(4000)]));
      await eventually('it has failed', async () => (await get(`/api/pictures/${broken}`)).state === 'failed', { withinMs: 120_000 });
      await line().waitFor();
      await press(line());
      const details = page.getByRole('region', { name: t('underWay') });
      await details.getByText(t('underWay.troubles', { count: 1 })).waitFor();
      await details.getByRole('link').waitFor();
      await shot('work-trouble');
      await press(details.getByRole('button', { name: t('underWay.dismiss') }));
      await line().waitFor({ state: 'detached' });
      const told = page.waitForResponse((answer) => answer.url().endsWith('/api/under-way'));
      await page.reload();
      assert.equal((await (await told).json()).troubles.length, 1);
      await page.locator('.tile').first().waitFor();
      assert.equal(await line().count(), 0, 'it was seen');
      await page.request.post('/api/trash', { data: { ids: [broken] } });
    });

    const option = (key) => page.locator('label').filter({ has: page.getByText(t(key), { exact: true }) }).first();

    test('settings: smaller pictures in lists, also after a reload', async () => {
      const height = async () => (await page.locator('.tile').first().boundingBox()).height;
      await page.goto('/');
      await page.locator('.tile').first().waitFor();
      const comfortable = await height();
      await page.goto('/settings');
      await press(option('density.compact'));
      await shot('settings-device');
      await page.goto('/');
      await page.locator('.tile').first().waitFor();
      await eventually('the tiles are smaller', async () => (await height()) < comfortable * 0.8 || { comfortable, now: await height() });
      await shot('timeline-compact');
      if (!phone) {
        await page.locator('.scroller').first().hover();
        await page.keyboard.down('Control');
        await page.mouse.wheel(0, -200);
        await page.keyboard.up('Control');
        await eventually('the wheel makes them larger again', async () => Math.abs((await height()) - comfortable) < 2 || height());
        return;
      }
      await page.goto('/settings');
      await press(option('density.comfortable'));
    });

    test('settings: while data is spared, nothing is loaded that nobody asked for', async () => {
      const loaded = new Set();
      const note = (request) => {
        const found = /pictures\/([^/]+)\/renditions\/(preview|full)/.exec(request.url());
        if (found) loaded.add(`${found[1]} ${found[2]}`);
      };
      const look = async () => {
        await page.goto('/');
        await page.locator('.tile').first().waitFor();
        const middle = await page.locator('.tile [data-picture]').nth(3).getAttribute('data-picture');
        loaded.clear();
        page.on('request', note);
        await press(tile(middle));
        await page.locator('.viewer .preview.sharp').waitFor();
        await page.waitForLoadState('networkidle');
        page.off('request', note);
        return middle;
      };
      await page.goto('/settings');
      await press(option('saving.on'));
      assert.equal((await look()) && loaded.size, 1, `only what is looked at: ${[...loaded]}`);
      await page.goto('/settings');
      await press(option('saving.off'));
      await look();
      assert.ok(loaded.size > 1, 'else the neighbours, too');
    });

    test('settings: uploads wait for Wi-Fi, or for a word', async () => {
      await page.goto('/settings');
      await press(option('saving.on'));
      await press(page.getByRole('switch', { name: t('saving.uploads') }));
      await page.goto('/');
      const path = join(folder, `waits-${size}-${language}.jpg`);
      writeFileSync(path, another());
      const sent = [];
      page.on('request', (request) => request.method() === 'POST' && new URL(request.url()).pathname === '/api/pictures' && sent.push(request));
      await press(button('upload'));
      const chooser = page.waitForEvent('filechooser');
      await press(page.getByRole('menuitem', { name: t('upload.files') }));
      await (await chooser).setFiles(path);
      const panel = page.getByRole('region', { name: t('uploads') });
      await panel.getByRole('heading', { name: t('upload.held') }).waitFor();
      await shot('upload-held');
      assert.equal(sent.length, 0);
      await press(panel.getByRole('button', { name: t('upload.hurry') }));
      await panel.getByRole('heading', { name: t('upload.done', { count: 1 }) }).waitFor();
      assert.equal(sent.length, 1);
      await press(panel.getByRole('button', { name: t('close') }));
      await page.goto('/settings');
      await press(option('saving.auto'));
      await press(page.getByRole('switch', { name: t('saving.uploads') }));
    });

    test('albums: deleted ones are listed, and come back', async () => {
      const name = `Jeju <b>\u202E ${stamp}`;
      const { id } = await (await page.request.post('/api/albums', { data: { name } })).json();
      await page.request.post(`/api/albums/${id}/pictures`, { data: { ids: ids.slice(0, 3) } });
      await page.request.delete(`/api/albums/${id}`);
      await page.goto('/albums');
      await press(page.getByRole('link', { name: t('album.deletedOnes') }));
      await page.getByText(t('pictures', { count: 3 })).waitFor();
      await shot('albums-deleted');
      await press(page.getByRole('main').getByRole('button', { name: new RegExp(t('restore')) }).first());
      await page.getByRole('heading', { name: t('album.deletedOnes.none') }).waitFor();
      assert.equal((await get(`/api/albums/${id}`)).count, 3);
      await shot('albums-deleted-none');
    });

    test('from right to left: nothing overflows, and arrows follow the eye', async () => {
      const turned = async (path) => {
        await page.goto(path);
        await page.evaluate(() => (document.documentElement.dir = 'rtl'));
      };
      const overflow = () =>
        page.evaluate(() => {
          const scrollers = [document.documentElement, ...document.querySelectorAll('main *')].filter((each) => each.scrollWidth > each.clientWidth + 1);
          const hidden = (each) => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX) || getComputedStyle(each).textOverflow === 'ellipsis' || each.closest('.visually-hidden, svg');
          return scrollers.filter((each) => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX) || (each === document.documentElement && !hidden(each))).map((each) => each.className || each.tagName);
        });
      for (const path of ['/favourites', '/albums', '/storage', '/settings', '/trash', '/archive', '/receipts', '/albums/deleted', ...(phone ? ['/more'] : [])]) {
        await turned(path);
        await page.getByRole('main').locator('h1, h2').first().waitFor();
        assert.deepEqual(await overflow(), [], path);
      }
      await turned('/storage');
      await rows().first().waitFor();
      await shot('storage-rtl');

      await turned('/');
      await page.locator('.tile').first().waitFor();
      await page.setViewportSize({ ...options.viewport, height: options.viewport.height - 1 }); // lays out anew
      const all = page.locator('.tile [data-picture]');
      const [first, second] = await all.evaluateAll((tiles) => tiles.slice(0, 2).map((each) => ({ id: each.dataset.picture, x: each.getBoundingClientRect().x })));
      assert.ok(second.x < first.x, 'the second picture lies to the left of the first');
      assert.deepEqual(await overflow(), []);
      await tile(first.id).focus();
      await page.keyboard.press('ArrowLeft');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.picture), second.id);
      await shot('timeline-rtl');
      if (!phone) {
        const navigation = await page.getByRole('navigation').first().boundingBox();
        assert.ok(navigation.x > options.viewport.width / 2, 'the navigation is at the right');
        const scrubber = page.getByRole('slider', { name: t('scrubber') });
        assert.ok((await scrubber.boundingBox()).x < options.viewport.width / 2, 'the scrubber is at the left');
      }
      await page.keyboard.press('Enter');
      await page.locator('.viewer img').first().waitFor();
      await page.keyboard.press('ArrowRight');
      await eventually('to the right is the one before', () => page.url().endsWith(first.id));
      await shot('viewer-rtl');
    });

    test('nothing was complained about', async () => {
      assert.deepEqual(here.complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
