import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount } from './filled.js';
import { line } from './line.js';
import { samples } from './samples.js';
import { wordsOf } from './words.js';

const stamp = Date.now().toString(36);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, locale, options } of tours) {
  describe(`the installed app on a ${size} in ${locale}`, () => {
    const t = wordsOf(language);
    let page, complaints, context, account, wire;
    const shot = (name) => inspect(page, `${size}-${locale}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const tiles = () => page.locator('[data-picture]');

    before(async () => {
      wire = await line();
      account = await filledAccount(`installed-${size}-${locale.toLowerCase()}-${stamp}`, 'Noa', 6);
      ({ page, complaints, context } = await openPage(browser, { ...options, baseURL: wire.url, serviceWorkers: 'allow' }));
      await enter(page, account);
    });
    after(async () => {
      await context.close();
      wire.close();
    });

    test('can be installed', async () => {
      const manifest = await (await page.request.get('/picup.webmanifest')).json();
      for (const { src, type } of manifest.icons) {
        const icon = await page.request.get(src);
        assert.equal(icon.status(), 200, src);
        assert.equal(icon.headers()['content-type'].split(';')[0], type);
      }
      assert.equal(manifest.display, 'standalone');
      await eventually('a service worker is at work', () => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated' && navigator.serviceWorker.controller !== null));
    });

    test('shows the timeline that was seen last where there is no server, and says so', async () => {
      await page.reload(); // now through the service worker, which remembers
      await tiles().first().waitFor();
      await eventually('every thumbnail is there', () => page.locator('.thumb').evaluateAll((all) => all.length > 0 && all.every((one) => one.classList.contains('loaded'))));
      const seen = await tiles().count();
      await eventually('the months are remembered', () => page.evaluate(async () => (await (await caches.open('picup-library')).keys()).some(({ url }) => /timeline\/\d{4}-\d\d/.test(url))));
      wire.cut();
      complaints.length = 0;
      await page.reload();
      await tiles().first().waitFor();
      await page.getByText(t('offline')).waitFor();
      assert.equal(await tiles().count(), seen);
      await eventually('the thumbnails are there still', () => page.locator('.thumb').evaluateAll((all) => all.length > 0 && all.every((one) => one.classList.contains('loaded'))));
      await shot('offline');
      assert.deepEqual(complaints.filter((line) => !/ERR_CONNECTION|ERR_EMPTY|ERR_FAILED|Failed to load resource/.test(line)), []);
    });

    test('goes on by itself when the server is back', async () => {
      wire.mend();
      complaints.length = 0;
      await page.reload();
      await tiles().first().waitFor();
      await page.getByText(t('offline')).waitFor({ state: 'detached' });
    });

    test('takes in what another app shares', async () => {
      // As a phone's share sheet does: a form that leads away from the page.
      await page.evaluate(() => {
        const form = Object.assign(document.createElement('form'), { method: 'post', action: '/share', enctype: 'multipart/form-data' });
        form.append(Object.assign(document.createElement('input'), { type: 'file', name: 'files', id: 'shared' }));
        document.body.append(form);
      });
      await page.setInputFiles('#shared', samples()[0].file);
      await page.evaluate(() => document.querySelector('form[action="/share"]').submit());
      await page.waitForURL((url) => url.pathname === '/');
      await page.getByRole('region', { name: t('uploads') }).waitFor();
      await page.getByRole('heading', { name: t('upload.done', { count: 1 }), exact: true }).waitFor({ timeout: 60_000 });
      await eventually('it is in the library', async () => (await account.send('/api/pictures?limit=200')).pictures.length === 7);
      await page.reload();
      await tiles().first().waitFor();
      assert.equal(await page.getByRole('region', { name: t('uploads') }).count(), 0, 'and it is taken in once');
    });

    test('forgets the library of whoever signs out', async () => {
      await press(page.getByRole('button', { name: t('account'), exact: true }));
      await press(page.getByRole('menuitem', { name: t('signOut'), exact: true }));
      await page.waitForURL((url) => url.pathname === '/sign-in');
      await eventually('nothing is left', () => page.evaluate(async () => !(await caches.has('picup-library')) || (await (await caches.open('picup-library')).keys()).map(({ url }) => url)));
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
