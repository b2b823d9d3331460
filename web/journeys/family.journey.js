import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, followTo, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { asTransfer, samples } from './samples.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const files = samples();
const stamp = Date.now().toString(36);

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`a member on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let page, complaints, context;
    const username = `mina-${size}-${language}-${stamp}`;
    const tiles = () => page.locator('[data-picture]');
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const button = (key, on = page) => on.getByRole('button', { name: t(key), exact: true });
    const press = (target) => (options.hasTouch ? target.tap() : target.click());

    before(async () => ({ page, complaints, context } = await openPage(browser, options)));
    after(() => context.close());

    test('signs up and is welcomed by an empty timeline', async () => {
      const { empty } = await (await page.request.get('/api/instance')).json();
      await page.goto('/');
      if (empty) {
        await page.getByText(t('signUp.textFirst')).waitFor();
        assert.equal(new URL(page.url()).pathname, '/sign-up');
      } else {
        await page.getByRole('heading', { name: t('signIn.title') }).waitFor();
        await page.getByRole('link', { name: t('signUp') }).click();
      }
      await shot('sign-up');
      await page.getByLabel(t('displayName'), { exact: true }).fill('Mina Kim');
      await page.getByLabel(t('username'), { exact: true }).fill(username);
      await page.getByLabel(t('password'), { exact: true }).fill(password);
      await press(button('signUp'));
      await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
      await shot('empty');
    });

    test('uploads by dropping files anywhere', async () => {
      const transfer = await page.evaluateHandle((dropped) => {
        const transfer = new DataTransfer();
        for (const { name, base64 } of dropped) {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type: name.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg' }));
        }
        return transfer;
      }, asTransfer(files.map(({ file }) => file)));
      await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
      await page.getByText(t('upload.drop')).waitFor();
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
      const uploads = page.getByRole('region', { name: t('uploads') });
      await uploads.waitFor();
      await shot('uploading');
      await page.getByRole('heading', { name: t('upload.done', { count: files.length }) }).waitFor({ timeout: 120_000 });
      await press(button('close', uploads));
    });

    test('sees every thumbnail come live, and upright', async () => {
      await eventually('no tile is being prepared', async () => {
        const waiting = await page.getByText(t('tile.processing')).count();
        return (waiting === 0 && (await tiles().count()) > 0) || waiting;
      }, { withinMs: 180_000 });
      await page.getByRole('slider').focus();
      await page.keyboard.press('Home');
      const lying = await openByName('lying.jpg');
      const { width, height, left } = await page.locator('.viewer .preview.sharp img').first().evaluate((img) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: img.naturalWidth, height: img.naturalHeight });
        const drawing = canvas.getContext('2d');
        drawing.drawImage(img, 0, 0);
        const [red, , blue] = drawing.getImageData(canvas.width * 0.1, canvas.height / 2, 1, 1).data;
        return { width: canvas.width, height: canvas.height, left: red > blue ? 'red' : 'blue' };
      });
      assert.ok(width > height, `${width} × ${height}`);
      assert.equal(left, 'red');
      assert.ok(lying);
      await page.keyboard.press('Escape');
      await shot('timeline');
    });

    test('leafs through with the keyboard, and comes back to where it was', async () => {
      await openByName('lying.jpg'); // a photo, as one key means another thing in a film
      await page.getByRole('dialog').waitFor();
      const first = page.url();
      await page.getByRole('button', { name: t('viewer.next') }).waitFor({ state: 'attached' });
      await page.keyboard.press('ArrowRight');
      await eventually('the next picture is shown', async () => page.url() !== first || first);
      await page.keyboard.press('ArrowLeft');
      await eventually('the first picture is shown again', async () => page.url() === first || page.url());
      await page.keyboard.press('i');
      await page.getByRole('complementary', { name: t('info') }).waitFor();
      await page.getByText(t('info.digest')).waitFor();
      await shot('viewer');
      await page.reload();
      await page.getByRole('dialog').waitFor();
      await button('favourite.add').waitFor(); // the picture is known, and its keys work
      await page.keyboard.press('f');
      await button('favourite.remove').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(new URL(page.url()).pathname, '/');
    });

    test('plays a video and seeks in it', async () => {
      await openByName('film.mp4');
      const video = page.locator('video');
      await eventually('the video knows its length', () => video.evaluate((film) => film.duration > 5 || film.readyState));
      await video.evaluate(async (film) => {
        film.muted = true;
        await film.play();
      });
      await eventually('the video plays', () => video.evaluate((film) => film.currentTime > 0.2 || film.currentTime));
      await video.evaluate((film) => (film.currentTime = 4));
      await eventually('the video went on from where it was put', () => video.evaluate((film) => (film.currentTime > 4 && !film.seeking) || film.currentTime));
      await shot('video');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });

    test('selects, gathers an album and opens it', async () => {
      await selectFirst(3);
      await shot('selection');
      await press(button('album.add'));
      await page.getByLabel(t('album.new'), { exact: true }).fill('Jeju');
      await press(button('album.create'));
      await press(button('open'));
      await page.getByRole('heading', { name: 'Jeju' }).waitFor();
      await eventually('the album shows three pictures', async () => (await tiles().count()) === 3 || tiles().count());
      await shot('album');
      await followTo(page, t('albums'), t('more'));
      await page.getByRole('link', { name: `Jeju ${t('pictures', { count: 3 })}` }).waitFor();
      await shot('albums');
      await followTo(page, t('timeline'), t('more'));
    });

    test('throws pictures away, undoes it, and restores from the trash', async () => {
      const [one, two] = await selectFirst(2);
      await press(button('trash.move', page.getByRole('toolbar')));
      await press(button('undo'));
      for (const id of [one, two]) await page.locator(`[data-picture="${id}"]`).waitFor();
      await selectFirst(2);
      await page.keyboard.press('Delete');
      await eventually('both are gone', async () => (await page.locator(`[data-picture="${two}"]`).count()) === 0);
      await followTo(page, t('trash'), t('more'));
      await eventually('the trash holds two', async () => (await tiles().count()) === 2 || tiles().count());
      await page.getByText(t('trash.daysLeft', { count: 29 })).first().waitFor();
      await press(tiles().first());
      await shot('trash');
      await press(button('restore'));
      await eventually('one is left', async () => (await tiles().count()) === 1 || tiles().count());
      await press(tiles().first());
      await press(button('trash.delete', page.getByRole('toolbar')));
      await press(button('trash.delete', page.getByRole('dialog')));
      await page.getByRole('heading', { name: t('trash.empty.title') }).waitFor();
    });

    test('reads it in Korean and in the dark', async () => {
      const korean = wordsOf('ko');
      await press(button('account'));
      await press(page.getByRole('menuitem', { name: t('settings') }));
      await page.getByText('한국어').click();
      await page.getByText(korean('theme.dark')).click();
      await page.getByRole('heading', { name: korean('settings') }).waitFor();
      await shot('settings-ko-dark');
      await page.getByRole('link', { name: korean('timeline') }).click();
      await tiles().first().waitFor();
      await eventually('thumbnails are shown', async () => (await page.locator('.tile .loaded img').count()) > 0);
      await shot('timeline-ko-dark');
      await page.goto('/settings');
      await page.getByText(language === 'ko' ? '한국어' : 'English').click();
      await page.getByText(t('theme.system')).click();
    });

    test('signs out, and comes back to the page that was asked for', async () => {
      await press(button('signOut', page.getByRole('main')));
      await page.getByRole('heading', { name: t('signIn.title') }).waitFor();
      await shot('sign-in');
      await page.goto('/albums');
      await page.getByLabel(t('username'), { exact: true }).fill(username);
      await page.getByLabel(t('password'), { exact: true }).fill(password);
      await press(button('signIn'));
      await page.getByRole('heading', { name: t('albums') }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/albums');
    });

    test('never saw an error or a breach of the content policy', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });

    test('is held to a strict content policy on every page', async () => {
      for (const path of ['/', '/sign-in', '/picture/7', '/assets/none.js']) {
        const policy = (await page.request.get(path)).headers()['content-security-policy'] ?? '';
        assert.match(policy, /script-src 'self'(;|$)/, path);
        assert.match(policy, /style-src 'self'(;|$)/, path);
      }
    });

    async function selectFirst(count) {
      const ids = await tiles().evaluateAll((all, most) => all.slice(0, most).map((tile) => tile.dataset.picture), count);
      for (const id of ids) {
        await page.locator(`[data-picture="${id}"]`).focus();
        await page.keyboard.press('Space');
      }
      await page.getByText(t('select.count', { count })).waitFor();
      return ids;
    }

    /** Opens the picture of a file by its address, as a bookmark would. */
    async function openByName(name) {
      const id = await page.evaluate(async (wanted) => {
        let cursor = '';
        for (;;) {
          const page = await (await fetch(`/api/pictures${cursor && `?cursor=${cursor}`}`)).json();
          const found = page.pictures.find(({ fileName }) => fileName === wanted);
          if (found || page.next === null) return found?.id;
          cursor = encodeURIComponent(page.next);
        }
      }, name);
      await page.goto(`/picture/${id}`);
      await page.getByRole('dialog', { name }).waitFor();
      if (!name.endsWith('.mp4')) await page.locator('.viewer .preview.sharp img').first().waitFor();
      return id;
    }
  });
}
