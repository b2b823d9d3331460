import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, followTo, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount } from './filled.js';
import { fingersOn, middleOf } from './fingers.js';
import { wordsOf } from './words.js';

const stamp = Date.now().toString(36);
const lengthSeconds = 24;

/** A film whose every second has its own look and sound, and a picture that moves. */
function films() {
  const folder = mkdtempSync(join(tmpdir(), 'picup-viewing-'));
  const make = (name, ...options) => {
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...options, join(folder, name)]);
    return { name, bytes: readFileSync(join(folder, name)) };
  };
  return [
    make('film.mp4', '-f', 'lavfi', '-i', `testsrc=s=640x360:r=10:d=${lengthSeconds}`, '-f', 'lavfi', '-i', `sine=frequency=330:duration=${lengthSeconds}`, '-pix_fmt', 'yuv420p', '-g', '10', '-movflags', 'faststart',
      '-metadata', 'creation_time=2026-11-02T09:00:00Z'),
    make('moving.gif', '-f', 'lavfi', '-i', 'testsrc=s=320x240:r=5:d=2', '-vf', 'split[a][b];[a]palettegen[p];[b][p]paletteuse'),
  ];
}

/** In the page: remembers from where to where each picture grew. */
function watchGrowing() {
  globalThis.grown = [];
  const start = document.startViewTransition.bind(document);
  document.startViewTransition = (update) => {
    const transition = start(update);
    transition.ready.then(() => {
      const group = document.getAnimations().find(({ effect }) => effect.pseudoElement === '::view-transition-group(picture)');
      const { width, height, transform } = group?.effect.getKeyframes()[0] ?? {};
      globalThis.grown.push({ mode: document.documentElement.dataset.growing, width: parseFloat(width), height: parseFloat(height), transform });
    }, () => undefined);
    return transition;
  };
}

/** In the page: an app to share with, which remembers what it was given. */
function offerSharing() {
  globalThis.shared = [];
  navigator.canShare = ({ files }) => files.every(({ type }) => ['image/jpeg', 'image/webp', 'video/mp4'].includes(type));
  navigator.share = async ({ files }) => void globalThis.shared.push(files.map(({ name, type, size }) => ({ name, type, size })));
}

/** In the page: a television near by. */
function offerScreen() {
  class Screen extends EventTarget {
    state = 'disconnected';
    async watchAvailability(tell) {
      tell(true);
      return 1;
    }
    async cancelWatchAvailability() {}
    async prompt() {
      this.state = this.state === 'disconnected' ? 'connected' : 'disconnected';
      this.dispatchEvent(new Event(this.state === 'connected' ? 'connect' : 'disconnect'));
    }
  }
  const screens = new WeakMap();
  Object.defineProperty(HTMLMediaElement.prototype, 'remote', {
    get() {
      if (!screens.has(this)) screens.set(this, new Screen());
      return screens.get(this);
    },
  });
}

let browser, account, film, moving;
before(async () => {
  browser = await launch();
  account = await filledAccount(`viewing-${stamp}`, 'Haru', 12, { perDay: 4, daysApart: 20 });
  const visitor = await openPage(browser, {});
  await enter(visitor.page, account);
  for (const { name, bytes } of films()) {
    await visitor.page.request.post('/api/pictures', { multipart: { file: { name, mimeType: name.endsWith('.gif') ? 'image/gif' : 'video/mp4', buffer: bytes } } });
  }
  await eventually('the film plays and the picture moves', async () => {
    const { pictures } = await account.send('/api/pictures?limit=100');
    film = pictures.find(({ fileName }) => fileName === 'film.mp4');
    moving = pictures.find(({ fileName }) => fileName === 'moving.gif');
    if (film?.state !== 'ready' || moving?.state !== 'ready') return [film?.state, moving?.state];
    return (await visitor.page.request.get(`/api/pictures/${film.id}/renditions/video`)).ok() || 'no video yet';
  }, { withinMs: 180_000 });
  await visitor.context.close();
});
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`looking at pictures on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    const phone = size === 'phone';
    let page, context, complaints, fingers, ids;
    const shot = (name) => inspect(page, `${size}-${language}-viewing-${name}`);
    const press = (target) => (phone ? target.tap() : target.click());
    const tile = (id) => page.locator(`[data-picture="${id}"]`);
    const viewer = () => page.locator('.viewer');
    const button = (key) => viewer().getByRole('button', { name: t(key), exact: true });
    const video = () => page.locator('.viewer .frame video');
    const ofFilm = (look) => video().evaluate(look);

    async function open(id) {
      await press(tile(id));
      await viewer().waitFor();
      await page.locator('html:not([data-growing])').waitFor();
    }

    async function close() {
      await page.keyboard.press('Escape');
      await viewer().waitFor({ state: 'detached' });
      await page.locator('html:not([data-growing])').waitFor();
    }

    async function openFilm() {
      await open(film.id);
      await eventually('it plays', () => ofFilm((film) => (!film.paused && film.currentTime > 0) || [film.readyState, film.currentTime]));
    }

    /** Opens the film and has it stand, so that its controls stay. */
    async function stop() {
      await openFilm();
      await page.keyboard.press('k');
      await eventually('it stands', () => ofFilm((film) => film.paused));
    }

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      page.setDefaultTimeout(20_000);
      await page.addInitScript(watchGrowing);
      await enter(page, account);
      fingers = await fingersOn(page);
      ids = account.pictures.map(({ id }) => id);
    });
    after(() => context.close());

    describe('from the thumbnail', () => {
      const last = () => page.evaluate(() => globalThis.grown.at(-1));

      /** The way began where that was. */
      function beganAt(way, { x, y, width, height }) {
        const [, , , , left, top] = /matrix\(([^)]*)\)/.exec(way.transform)[1].split(',').map(Number);
        const off = [way.width - width, way.height - height, left - x, top - y].map(Math.abs);
        assert.ok(Math.max(...off) < 2, `began at ${JSON.stringify(way)}, and it lay at ${JSON.stringify({ x, y, width, height })}`);
      }

      test('the picture grows in its place, and goes back into it by the key, the back button and a swipe', async () => {
        const at = await tile(ids[1]).boundingBox();
        await open(ids[1]);
        assert.equal((await last()).mode, 'open');
        beganAt(await last(), at);
        const seen = await page.locator('[data-looked-at]').boundingBox();
        await close();
        assert.equal((await last()).mode, 'back');
        beganAt(await last(), seen);
        await open(ids[1]);
        await page.goBack();
        await viewer().waitFor({ state: 'detached' });
        await eventually('that went back, too', async () => (await page.evaluate(() => globalThis.grown.length)) === 4 || last());
        if (phone) {
          await open(ids[1]);
          const middle = await middleOf(page.locator('[data-looked-at]'));
          await fingers.down(middle);
          await fingers.drag(middle, { x: middle.x + 4, y: middle.y + 260 });
          await fingers.up();
          await viewer().waitFor({ state: 'detached' });
          await eventually('it went from where the finger left it', async () => {
            const [, , , , , top] = /matrix\(([^)]*)\)/.exec((await last()).transform)[1].split(',').map(Number);
            return ((await last()).mode === 'back' && top > seen.y + 200) || (await last());
          });
        }
        await page.locator('html:not([data-growing])').waitFor();
        assert.equal(await page.evaluate(() => document.querySelectorAll('[style*=view-transition-name]').length), 0);
      });

      test('after leafing it goes into the tile of what is looked at, which has the focus', async () => {
        await account.send('/api/pictures', 'PATCH', { ids, favourite: true });
        await followTo(page, t('favourites'), t('more'));
        await tile(ids[0]).waitFor();
        await open(ids[0]);
        for (const id of ids.slice(1)) {
          await page.keyboard.press('ArrowRight');
          await eventually('the next one is shown', async () => page.url().endsWith(id) || page.url());
        }
        await close();
        assert.equal((await last()).mode, 'back');
        assert.equal(await page.evaluate(() => document.activeElement.dataset.picture), ids.at(-1));
        const { y, height } = await tile(ids.at(-1)).boundingBox();
        assert.ok(y >= 0 && y + height <= options.viewport.height, 'its tile is in sight');
        await account.send('/api/pictures', 'PATCH', { ids, favourite: false });
        await followTo(page, t('timeline'), t('more'));
        await tile(ids[0]).waitFor();
      });

      test('nothing moves for who wants no motion', async () => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const before = await page.evaluate(() => globalThis.grown.length);
        await open(ids[1]);
        await close();
        assert.equal(await page.evaluate(() => globalThis.grown.length), before);
        await page.emulateMedia({ reducedMotion: null });
      });
    });

    describe('a video', () => {
      before(async () => {
        await page.evaluate(() => localStorage.removeItem('picup.video'));
        await page.goto('/');
        await tile(film.id).waitFor();
      });

      test('is played by its controls', async () => {
        await stop();
        await eventually('it knows its length', () => ofFilm((film) => film.duration > 23 || film.duration));
        await shot('video');
        await press(button('film.play'));
        await eventually('it goes on', () => ofFilm((film) => !film.paused));
        await page.keyboard.press('k');
        await viewer().getByRole('combobox', { name: t('film.speed') }).selectOption('1.5');
        assert.equal(await ofFilm((film) => film.playbackRate), 1.5);
        await press(button('film.mute'));
        assert.equal(await ofFilm((film) => film.muted), true);
        await close();
      });

      test('loudness and speed are remembered', async () => {
        await stop();
        assert.deepEqual(await ofFilm(({ muted, playbackRate }) => ({ muted, playbackRate })), { muted: true, playbackRate: 1.5 });
        await press(button('film.unmute'));
        await viewer().getByRole('combobox', { name: t('film.speed') }).selectOption('1');
        await close();
      });

      test('shows the frame where somebody points, and loads none before', async () => {
        await stop();
        const preview = page.locator('.viewer .preview video');
        assert.equal(await preview.count(), 0);
        const bar = viewer().getByRole('slider', { name: t('film.position') });
        const { x, y, width, height } = await bar.boundingBox();
        const at = { x: x + width * 0.75, y: y + height / 2 };
        if (phone) await fingers.down({ x: x + width * 0.5, y: at.y });
        if (phone) await fingers.drag({ x: x + width * 0.5, y: at.y }, at);
        else await page.mouse.move(at.x, at.y);
        await eventually('the frame there is found', () => preview.evaluate((film) => (Math.abs(film.currentTime - 18) < 1 && !film.seeking) || film.currentTime));
        const shown = await preview.boundingBox();
        assert.ok(Math.abs(shown.x + shown.width / 2 - at.x) < 3 && shown.y + shown.height <= y + 4, 'above where somebody points');
        await shot('seek');
        if (phone) await fingers.up();
        else await page.mouse.click(at.x, at.y);
        await eventually('the video is there', () => ofFilm((film) => Math.abs(film.currentTime - 18) < 1 || film.currentTime));
        await close();
      });

      test('knows the keys of players', async () => {
        await openFilm();
        await page.keyboard.press('k');
        await eventually('k pauses', () => ofFilm((film) => film.paused));
        await ofFilm((film) => (film.currentTime = 2));
        await page.keyboard.press('l');
        await eventually('l goes ten seconds on', () => ofFilm((film) => Math.abs(film.currentTime - 12) < 0.5 || film.currentTime));
        await page.keyboard.press('j');
        await eventually('j goes back', () => ofFilm((film) => Math.abs(film.currentTime - 2) < 0.5 || film.currentTime));
        await page.keyboard.press('>');
        assert.equal(await ofFilm((film) => film.playbackRate), 1.25);
        await page.keyboard.press('<');
        assert.equal(await ofFilm((film) => film.playbackRate), 1);
        await page.keyboard.press('m');
        assert.equal(await ofFilm((film) => film.muted), true);
        await page.keyboard.press('m');
        await page.keyboard.press('Space');
        await eventually('space plays', () => ofFilm((film) => !film.paused));
        await page.keyboard.press('f');
        await eventually('f fills the screen', () => page.evaluate(() => document.fullscreenElement?.className.includes('player') === true));
        await page.keyboard.press('f');
        await eventually('and gives it back', () => page.evaluate(() => document.fullscreenElement === null));
        assert.equal((await account.send(`/api/pictures/${film.id}`)).favourite, false, 'f is no favourite here');
        await page.keyboard.press('Shift+F');
        await button('favourite.remove').waitFor();
        await page.keyboard.press('Shift+F');
        await button('favourite.add').waitFor();
        assert.ok((await ofFilm((film) => film.currentTime)) > 2, 'which is no reason for it to begin anew');
        await page.keyboard.press('k');
        await eventually('it stands', () => ofFilm((film) => film.paused));
        await viewer().getByRole('slider', { name: t('film.position') }).focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        await eventually('arrows on the bar seek', () => ofFilm((film) => Math.abs(film.currentTime - 5) < 0.5 || film.currentTime));
        assert.ok(page.url().endsWith(film.id), 'and do not leaf there');
        await close();
      });

      test('leaves alone, its controls go; they come back', async () => {
        await openFilm();
        await page.locator('.player.resting').waitFor();
        if (phone) await video().tap();
        else await page.mouse.move(700, 300);
        await page.locator('.player:not(.resting)').waitFor();
        if (phone) {
          const middle = await middleOf(video());
          await fingers.down(middle);
          await fingers.drag(middle, { x: middle.x - 180, y: middle.y });
          await fingers.up();
          await eventually('a swipe leafs on', async () => !page.url().endsWith(film.id) || page.url());
        }
        await close();
      });
    });

    test('a picture that moves stands still for who wants no motion, and moves when asked', async () => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await open(moving.id);
      const still = page.locator('.viewer .photo canvas');
      await eventually('its first frame is drawn', () => still.evaluate(({ width, height }) => (width === 320 && height === 240) || [width, height]));
      await shot('still');
      await press(button('film.play'));
      await page.locator('.viewer .photo .preview img').waitFor();
      await press(button('film.pause'));
      await still.waitFor();
      await close();
      await page.emulateMedia({ reducedMotion: null });
    });

    test('where nothing can be shared and no screen is near, nothing is offered', async () => {
      await open(ids[0]);
      await press(button('viewer.more'));
      await viewer().getByRole('menuitem', { name: t('slideshow') }).waitFor();
      assert.equal(await viewer().getByRole('menuitem', { name: t('share'), exact: true }).count(), 0);
      await page.keyboard.press('Escape');
      await close();
      await openFilm();
      assert.equal(await button('film.cast').count(), 0);
      await close();
    });

    describe('where a browser shares and casts', () => {
      const shared = () => page.evaluate(() => globalThis.shared);

      before(async () => {
        await page.addInitScript(offerSharing);
        await page.addInitScript(offerScreen);
        await page.goto('/');
        await tile(ids[0]).waitFor();
      });

      test('the original goes to another app; what others may not know goes as what was made of it', async () => {
        await open(ids[0]);
        await press(button('viewer.more'));
        await press(viewer().getByRole('menuitem', { name: t('share'), exact: true }));
        await eventually('it is shared', async () => (await shared()).length === 1 || 'nothing');
        const { fileName, sizeBytes } = await account.send(`/api/pictures/${ids[0]}`);
        assert.deepEqual(await shared(), [[{ name: fileName, type: 'image/jpeg', size: sizeBytes }]]);
        await close();
        await open(moving.id);
        await press(button('viewer.more'));
        await press(viewer().getByRole('menuitem', { name: t('share'), exact: true }));
        await eventually('that is shared, too', async () => (await shared()).length === 2 || 'nothing');
        const [, [gif]] = await shared();
        assert.equal(gif.name, 'moving.webp');
        assert.equal(gif.type, 'image/webp');
        await close();
      });

      test('several that are selected are shared together', async () => {
        for (const id of ids.slice(0, 3)) {
          const box = page.locator(`.tile:has([data-picture="${id}"])`);
          if (!phone) await box.hover();
          if (phone && id !== ids[0]) await tile(id).tap();
          else if (phone) {
            await fingers.down(await middleOf(tile(id)));
            await page.getByRole('toolbar').waitFor();
            await fingers.up();
          } else await box.getByRole('checkbox').click();
        }
        await page.getByText(t('select.count', { count: 3 })).waitFor();
        await shot('share');
        await press(page.getByRole('toolbar').getByRole('button', { name: t('share'), exact: true }));
        await eventually('all three are shared', async () => (await shared()).at(-1)?.length === 3 || shared());
        await page.keyboard.press('Escape');
      });

      test('a video plays on another screen, and comes back', async () => {
        await stop();
        await press(button('film.cast'));
        await page.getByText(t('film.cast.shown')).waitFor();
        await shot('cast');
        await press(button('film.cast.change'));
        await button('film.cast').waitFor();
        await close();
      });
    });

    test('nothing was complained about', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
