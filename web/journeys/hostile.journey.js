import assert from 'node:assert/strict';
import { readFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const markup = '"><img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script><svg onload=globalThis.pwned=1>{{7*7}}${pwned}';
// Right-to-left override, isolate, zero width, bell, and a letter under a tower of accents.
const odd = '\u202Egpj.exe\u2066\u200B\u0007Z\u0301\u0302\u0303\u0304';
const [photo] = landscapes(mkdtempSync(join(tmpdir(), 'picup-hostile-')), 1);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`hostile names and words on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let page, context, complaints, id;
    const alerts = [];
    const shot = (name) => inspect(page, `${size}-${language}-hostile-${name}`);

    async function send(method, path, data) {
      const answer = await page.request.fetch(path, { method, data });
      assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return answer.status() === 204 ? null : answer.json();
    }

    /** Everything that was written is text, and nothing that was not ours has run or been asked for. */
    async function requireHarmless(where) {
      assert.equal(await page.evaluate(() => globalThis.pwned), undefined, where);
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('img[src="x"], svg[onload]')].length), 0, where);
      assert.deepEqual(alerts, [], where);
      assert.deepEqual(await violationsOn(page), [], where);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: nothing is pushed out of the window`);
    }

    before(async () => {
      ({ page, context, complaints } = await openPage(browser, options));
      page.on('dialog', (dialog) => (alerts.push(dialog.message()), dialog.dismiss()));
      await send('POST', '/api/members', { username: `hostile-${size}-${language}-${stamp}`, password, displayName: markup.slice(0, 60) });
      const file = { name: `${markup.replaceAll(/["/]/g, "'").slice(0, 120)}${odd}.jpg`, mimeType: 'image/jpeg', buffer: readFileSync(photo) };
      id = (await (await page.request.post('/api/pictures', { multipart: { file } })).json()).id;
      await eventually('the picture is ready', async () => (await send('GET', `/api/pictures/${id}`)).state === 'ready');
      await send('PATCH', `/api/pictures/${id}`, { description: `${markup}${odd}`.padEnd(16_384, '가<b>'), tags: [markup.slice(0, 100), `${odd}|${odd}`] });
    });
    after(() => context.close());

    test('64 KB are refused with a reason, and leave what was there', async () => {
      const before = await send('GET', `/api/pictures/${id}`);
      for (const [method, path, data] of [
        ['PATCH', `/api/pictures/${id}`, { description: '<b>'.repeat(22_000) }],
        ['PATCH', `/api/pictures/${id}`, { tags: ['<b>'.repeat(22_000)] }],
        ['POST', '/api/albums', { name: '<b>'.repeat(22_000) }],
      ]) {
        const answer = await page.request.fetch(path, { method, data });
        assert.equal(answer.status(), 400, `${method} ${path}`);
        assert.equal((await answer.json()).code, 'bad-value');
      }
      assert.deepEqual(await send('GET', `/api/pictures/${id}`), before);
    });

    test('are text in the timeline, the viewer and what it tells', async () => {
      await page.goto('/');
      await page.locator('[data-picture]').first().waitFor();
      await requireHarmless('timeline');
      await page.goto(`/picture/${id}`);
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('i');
      const panel = page.getByRole('complementary', { name: t('info') });
      await panel.waitFor();
      assert.ok((await panel.getByRole('textbox', { name: t('info.description') }).inputValue()).startsWith(markup), 'the description is what was written');
      await panel.getByText('onerror=').first().waitFor();
      await requireHarmless('viewer');
      await shot('viewer');
    });

    test('are text in albums', async () => {
      const { id: album } = await send('POST', '/api/albums', { name: `${markup.slice(0, 120)}${odd}` });
      await send('PATCH', `/api/albums/${album}`, { description: `${markup}${odd}` });
      await send('POST', `/api/albums/${album}/pictures`, { ids: [id] });
      await page.goto('/albums');
      await page.getByText('onerror=').first().waitFor();
      await requireHarmless('albums');
      await shot('albums');
      await page.goto(`/albums/${album}`);
      await page.locator('[data-picture]').first().waitFor();
      await requireHarmless('album');
      await shot('album');
    });

    test('are text in the trash and the settings', async () => {
      await send('POST', '/api/trash', { ids: [id] });
      await page.goto('/trash');
      await page.locator('[data-picture]').first().waitFor();
      await requireHarmless('trash');
      await page.goto('/settings');
      await page.getByRole('heading', { name: t('settings'), exact: true }).waitFor();
      await requireHarmless('settings');
    });

    test('nothing was complained about', () => assert.deepEqual(complaints, []));
  });
}
