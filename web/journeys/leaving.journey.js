import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, launch, openPage, sizes, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [size, options] of Object.entries(sizes)) {
  describe(`a member who leaves on a ${size}`, () => {
    let context, page, complaints;
    const username = `sora-${size}-${stamp}`;
    const shot = (name) => inspect(page, `${size}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = () => page.locator('section').filter({ has: page.getByRole('heading', { name: 'Your data' }) });
    const dialog = () => page.getByRole('dialog', { name: 'Delete your account?' });

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
      for (const [theme, language, heading, name] of [
        ['Light', 'English', 'Your data', 'data-light'],
        ['Dark', '한국어', '내 데이터', 'data-ko-dark'],
      ]) {
        await page.getByText(theme, { exact: true }).click();
        await page.getByText(language, { exact: true }).click();
        await page.getByRole('heading', { name: heading }).scrollIntoViewIfNeeded();
        await page.getByText(language === 'English' ? /3 pictures, about/ : /사진 3개, 약/).first().waitFor();
        await shot(name);
      }
      await page.getByText('연도별로 받기').click();
      await shot('data-years-ko-dark');
      await press(page.getByRole('button', { name: '계정 삭제' }));
      await page.getByRole('dialog').waitFor();
      await shot('leave-ko-dark');
      await page.keyboard.press('Escape');
      await page.getByText('English', { exact: true }).click();
      await page.getByText('Light', { exact: true }).click();
    });

    test('takes everything along', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(section().getByRole('button', { name: 'Download everything' }))]);
      assert.match(download.suggestedFilename(), /^picup-\d{4}-\d{2}-\d{2}\.zip$/);
      const archive = readFileSync(await download.path());
      assert.equal(archive.toString('latin1', 0, 2), 'PK');
      assert.ok(archive.includes('/0.jpg.xmp') && archive.includes('/2.jpg'));
      assert.ok(archive.lastIndexOf('COMPLETE.txt') > archive.length - 500 && !archive.includes('INCOMPLETE.txt'));
      await page.getByText('The download has begun.').waitFor();
    });

    test('is not let go without the password', async () => {
      await press(section().getByRole('button', { name: 'Delete account' }));
      await dialog().getByText('All 3 pictures and all your albums are deleted').waitFor();
      await shot('leave-light');
      await dialog().getByLabel('Your password').fill('not my password');
      await Promise.all([page.waitForEvent('download'), press(dialog().getByRole('button', { name: 'Download everything' }))]);
      await dialog().getByText('The download has begun.').waitFor();
      await press(dialog().getByRole('button', { name: 'Delete account' }));
      await dialog().getByText('This is not your password.').waitFor();
      await shot('leave-wrong');
    });

    test('is gone at once, and the name is free', async () => {
      await dialog().getByLabel('Your password').fill(password);
      await press(dialog().getByRole('button', { name: 'Delete account' }));
      await page.getByRole('heading', { name: 'Goodbye' }).waitFor();
      await shot('goodbye-light');
      await page.getByText('한국어', { exact: true }).click();
      await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
      await shot('goodbye-ko-dark');
      await page.getByText('English', { exact: true }).click();
      assert.equal((await page.request.get('/api/pictures')).status(), 401);
      await press(page.getByRole('link', { name: 'To the sign-in page' }));
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(password);
      await press(page.getByRole('button', { name: 'Sign in', exact: true }));
      await page.getByText('The username or the password is wrong.').waitFor();
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
