import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';
import { languageNames, sizeIn } from './languages.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`a member who leaves on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let context, page, complaints;
    const username = `sora-${size}-${language}-${stamp}`;
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = () => page.locator('section').filter({ has: page.getByRole('heading', { name: t('data'), exact: true }) });
    const dialog = (say = t) => page.getByRole('dialog', { name: say('leave.title'), exact: true });
    const button = (key, on = page) => on.getByRole('button', { name: t(key), exact: true });

    before(async () => {
      ({ context, page, complaints } = await openPage(browser, { ...options, acceptDownloads: true }));
      const made = await page.request.post('/api/members', { data: { username, password, displayName: 'Sora' } });
      assert.equal(made.status(), 201);
      const folder = mkdtempSync(join(tmpdir(), 'picup-leaving-'));
      for (const [at, file] of landscapes(folder, 3, { perDay: 1, daysApart: 400 }).entries()) {
        const sent = await page.request.post('/api/pictures', { multipart: { file: { name: `${at}.jpg`, mimeType: 'image/jpeg', buffer: readFileSync(file) }, takenAt: `${2026 - at}-05-05T12:00:00` } });
        assert.equal(sent.status(), 201);
      }
    });
    after(() => context.close());

    test('sees how much it is, in both languages and themes', async () => {
      await page.goto('/settings');
      const { sizeBytes } = await (await page.request.get('/api/archive/contents')).json();
      let say = t;
      for (const [theme, chosen, name] of [
        ['light', 'en', 'data-light'],
        ['dark', 'ko', 'data-ko-dark'],
      ]) {
        await page.getByText(say(`theme.${theme}`), { exact: true }).click();
        await page.getByText(languageNames[chosen], { exact: true }).click();
        say = wordsOf(chosen);
        await page.getByRole('heading', { name: say('data'), exact: true }).scrollIntoViewIfNeeded();
        await page.getByText(say('archive.size', { count: 3, size: sizeIn(chosen, sizeBytes) }), { exact: true }).waitFor();
        await shot(name);
      }
      await page.getByText(say('archive.year'), { exact: true }).click();
      await shot('data-years-ko-dark');
      await press(page.getByRole('button', { name: say('leave'), exact: true }));
      await dialog(say).waitFor();
      await shot('leave-ko-dark');
      await page.keyboard.press('Escape');
      await page.getByText(languageNames[language], { exact: true }).click();
      await page.getByText(t('theme.light'), { exact: true }).click();
    });

    test('takes everything along', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(button('archive.download', section()))]);
      assert.match(download.suggestedFilename(), /^picup-\d{4}-\d{2}-\d{2}\.zip$/);
      const archive = readFileSync(await download.path());
      assert.equal(archive.toString('latin1', 0, 2), 'PK');
      assert.ok(archive.includes('/0.jpg.xmp') && archive.includes('/2.jpg'));
      assert.ok(archive.lastIndexOf('COMPLETE.txt') > archive.length - 500 && !archive.includes('INCOMPLETE.txt'));
      await page.getByText(t('archive.begun')).waitFor();
    });

    test('is not let go without the password', async () => {
      await press(button('leave', section()));
      await dialog().getByText(t('leave.pictures', { count: 3 })).waitFor();
      await shot('leave-light');
      await dialog().getByLabel(t('leave.password'), { exact: true }).fill('not my password');
      await Promise.all([page.waitForEvent('download'), press(button('archive.download', dialog()))]);
      await dialog().getByText(t('archive.begun')).waitFor();
      await press(button('leave', dialog()));
      await dialog().getByText(t('leave.wrong')).waitFor();
      await shot('leave-wrong');
    });

    test('is gone at once, and the name is free', async () => {
      await dialog().getByLabel(t('leave.password'), { exact: true }).fill(password);
      await press(button('leave', dialog()));
      await page.getByRole('heading', { name: t('goodbye.title'), exact: true }).waitFor();
      await page.getByText(languageNames.en, { exact: true }).click();
      await shot('goodbye-light');
      await page.getByText(languageNames.ko, { exact: true }).click();
      await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
      await shot('goodbye-ko-dark');
      await page.getByText(languageNames[language], { exact: true }).click();
      assert.equal((await page.request.get('/api/pictures')).status(), 401);
      await press(page.getByRole('link', { name: t('goodbye.signIn'), exact: true }));
      await page.getByLabel(t('username'), { exact: true }).fill(username);
      await page.getByLabel(t('password'), { exact: true }).fill(password);
      await press(button('signIn'));
      await page.getByText(t('problem.bad-credentials')).waitFor();
      const again = await page.request.post('/api/members', { data: { username, password } });
      assert.equal(again.status(), 201);
      const { pictures } = await (await page.request.get('/api/pictures')).json();
      assert.deepEqual(pictures, []);
    });

    test('never saw an error or a breach of the content policy', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
