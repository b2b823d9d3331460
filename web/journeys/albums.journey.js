import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { landscapes } from './landscapes.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const hostile = '<img src=x onerror=alert(1)> \u202Eabc';
const files = landscapes(mkdtempSync(join(tmpdir(), 'picup-albums-')), 14, { perDay: 4, daysApart: 1 });

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`albums on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    const account = { username: `albums-${size}-${language}-${stamp}`, password, displayName: 'Mina' };
    let here, there, page, ids, album;
    const shot = (name) => inspect(page, `${size}-${language}-album-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const button = (key, values, on = page) => on.getByRole('button', { name: t(key, values), exact: true });
    const item = (key, on = page) => on.getByRole('menuitem', { name: t(key) }).first();
    const tile = (id, on = page) => on.locator(`[data-picture="${id}"]`);

    before(async () => {
      here = await openPage(browser, options);
      page = here.page;
      page.setDefaultTimeout(20_000);
      await page.request.post('/api/members', { data: account });
      ids = [];
      for (const file of files) {
        const answer = await page.request.post('/api/pictures', { multipart: { file: { name: basename(file), mimeType: 'image/jpeg', buffer: readFileSync(file) } } });
        ids.push((await answer.json()).id);
      }
      await eventually('every picture is ready', async () => {
        const { pictures } = await get('/api/pictures?limit=100');
        return pictures.every(({ state }) => state === 'ready') || pictures.map(({ state }) => state);
      }, { withinMs: 180_000 });
      for (const [at, id] of ids.entries()) {
        const place = { latitude: 33.25 + 0.04 * Math.floor(at / 4), longitude: 126.3 + 0.15 * (at % 5) };
        await page.request.patch(`/api/pictures/${id}`, { data: { place } });
      }
      // The same member elsewhere.
      there = await openPage(browser, options);
      there.page.setDefaultTimeout(20_000);
      await there.page.request.post('/api/auth/sessions', { data: { username: account.username, password } });
    });
    after(async () => {
      await here.context.close();
      await there.context.close();
    });

    async function get(path) {
      return (await page.request.get(path)).json();
    }

    /** As the server has it. */
    async function order() {
      return (await get(`/api/albums/${album}/pictures?limit=1000`)).pictures.map(({ id }) => id);
    }

    /** As a screen shows it, from the top left to the bottom right. */
    function shown(on = page) {
      return on.locator('.scroller [data-picture]').evaluateAll((tiles) =>
        tiles
          .map((tile) => ({ id: tile.dataset.picture, box: tile.parentElement.getBoundingClientRect() }))
          .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left)
          .map(({ id }) => id),
      );
    }

    async function settles(expected, on = page) {
      await eventually('this screen shows the order', async () => same(await shown(on), expected) || { seen: await shown(on), expected });
      await eventually('the server has the order', async () => same(await order(), expected) || order());
    }

    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    const menu = async (opener, key) => {
      await press(button(opener));
      await press(item(key));
    };

    /** From the middle of a tile to the left or the right part of another: by mouse, or by a finger that rests first. */
    async function drag(from, to, side = 0.85) {
      await tile(from).scrollIntoViewIfNeeded();
      const [start, end] = [await tile(from).boundingBox(), await tile(to).boundingBox()];
      const points = [[start.x + start.width / 2, start.y + start.height / 2], [end.x + end.width * side, end.y + end.height / 2]];
      const between = Array.from({ length: 8 }, (_, step) => points[0].map((value, axis) => value + ((points[1][axis] - value) * (step + 1)) / 8));
      if (!options.hasTouch) {
        await page.mouse.move(...points[0]);
        await page.mouse.down();
        for (const point of between) await page.mouse.move(...point);
        await page.locator('.drop').waitFor();
        if (side === 0.84) await shot('dragging');
        await page.mouse.up();
        return;
      }
      const cdp = await here.context.newCDPSession(page);
      const touch = (type, point) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [{ x: point[0], y: point[1] }] : [] });
      await touch('touchStart', points[0]);
      await page.waitForTimeout(600);
      for (const point of between) await touch('touchMove', point);
      await page.locator('.drop').waitFor();
      await touch('touchEnd');
      await cdp.detach();
    }

    test('makes an album, and fills it from the library', async () => {
      await page.goto('/albums');
      await page.getByRole('heading', { name: t('albums.empty.title') }).waitFor();
      await shot('none');
      await press(button('album.new'));
      await page.getByLabel(t('album.name')).fill(`${hostile} Jeju`);
      await press(button('album.create'));
      await page.getByRole('heading', { name: t('album.empty.title') }).waitFor();
      album = new URL(page.url()).pathname.split('/').at(-1);
      await shot('empty');
      await press(button('album.addPictures').first());
      const picker = page.getByRole('dialog');
      await picker.locator('[data-picture]').first().waitFor();
      for (const id of ids.slice(0, 6)) await press(picker.locator(`[data-picture="${id}"]`));
      await picker.getByRole('heading', { name: t('select.count', { count: 6 }) }).waitFor();
      await shot('picker');
      await press(picker.getByRole('button', { name: t('album.addThese'), exact: true }));
      await picker.waitFor({ state: 'detached' });
      await settles(ids.slice(0, 6));
      assert.equal(new URL(page.url()).pathname, `/albums/${album}`);
    });

    test('names and describes it in place', async () => {
      await page.getByLabel(t('album.name')).fill('Jeju');
      await page.getByLabel(t('album.name')).press('Enter');
      await page.getByLabel(t('album.description')).fill(`${hostile}\nand the sea`);
      await page.getByLabel(t('album.description')).blur();
      await eventually('the server knows', async () => {
        const { name, description } = await get(`/api/albums/${album}`);
        return (name === 'Jeju' && description === `${hostile}\nand the sea`) || { name, description };
      });
      await shot('page');
    });

    test('drags one picture, and several at once', async () => {
      await drag(ids[0], ids[2], 0.84);
      await settles([ids[1], ids[2], ids[0], ids[3], ids[4], ids[5]]);
      assert.equal(new URL(page.url()).pathname, `/albums/${album}`, 'the end of a drag opens nothing');
      if (options.hasTouch) await press(button('select.none'));
      for (const id of [ids[4], ids[0]]) {
        await tile(id).focus();
        await page.keyboard.press('Space');
      }
      await page.getByText(t('select.count', { count: 2 })).waitFor();
      await drag(ids[4], ids[1], 0.1);
      await settles([ids[0], ids[4], ids[1], ids[2], ids[3], ids[5]]);
      await press(button('select.none'));
    });

    test('moves by keys, and hears where to', async () => {
      await tile(ids[4]).focus();
      await page.keyboard.press('Alt+ArrowRight');
      await page.getByText(t('grid.moved', { place: 3, count: 6 })).waitFor({ state: 'attached' });
      await settles([ids[0], ids[1], ids[4], ids[2], ids[3], ids[5]]);
      assert.equal(await page.evaluate(() => document.activeElement.dataset.picture), ids[4]);
    });

    test('moves and covers by menus, without dragging', async () => {
      await tile(ids[5]).focus();
      await page.keyboard.press('Space');
      await menu('album.arrange', 'album.move.first');
      await settles([ids[5], ids[0], ids[1], ids[4], ids[2], ids[3]]);
      await press(button('album.arrange'));
      await shot('menu');
      await press(item('album.cover'));
      await eventually('it has the cover', async () => {
        const { coverPictureId, coverChosen } = await get(`/api/albums/${album}`);
        return (coverChosen && coverPictureId === ids[5]) || { coverPictureId, coverChosen };
      });
    });

    test('is ordered by date, and by hand again as it was', async () => {
      await press(page.getByRole('button', { name: t('album.order', { order: t('album.order.hand') }) }));
      await press(item('album.order.oldest'));
      const dates = new Map((await get(`/api/albums/${album}/pictures`)).pictures.map(({ id, takenAt }) => [id, takenAt]));
      await eventually('the oldest is first', async () => {
        const times = (await shown()).map((id) => dates.get(id));
        return same(times, [...times].sort()) || times;
      });
      await press(page.getByRole('button', { name: t('album.order', { order: t('album.order.oldest') }) }));
      await press(item('album.order.hand'));
      await settles([ids[5], ids[0], ids[1], ids[4], ids[2], ids[3]]);
    });

    test('takes pictures out, and undoes it where they were', async () => {
      for (const id of [ids[0], ids[4]]) {
        await tile(id).focus();
        await page.keyboard.press('Space');
      }
      await press(button('album.remove'));
      await settles([ids[5], ids[1], ids[2], ids[3]]);
      await press(button('undo'));
      await settles([ids[5], ids[0], ids[1], ids[4], ids[2], ids[3]]);
    });

    test('two browsers at once: one reorders, one adds, and both see both', async () => {
      await there.page.goto(`/albums/${album}`);
      await eventually('it is open there', async () => (await shown(there.page)).length === 6 || shown(there.page));
      const adding = there.page.request.post(`/api/albums/${album}/pictures`, { data: { ids: ids.slice(6, 10) } });
      await drag(ids[3], ids[5], 0.1);
      assert.ok((await adding).ok());
      const expected = [ids[3], ids[5], ids[0], ids[1], ids[4], ids[2], ...ids.slice(6, 10)];
      if (options.hasTouch) await press(button('select.none'));
      await settles(expected);
      await settles(expected, there.page);
    });

    test('two browsers at once: what is thrown away there leaves the view and the viewer here', async () => {
      await press(tile(ids[0]));
      await page.getByRole('dialog').waitFor();
      await page.locator('.viewer img').first().waitFor();
      await there.page.request.post('/api/trash', { data: { ids: [ids[0]] } });
      await page.getByText(t('viewer.deletedElsewhere')).waitFor();
      await eventually('the next one is shown', async () => page.url().endsWith(`/picture/${ids[1]}`) || page.url());
      await shot('deleted-elsewhere');
      await page.keyboard.press('Escape');
      await eventually('the tile has gone', async () => (await tile(ids[0]).count()) === 0 || shown());
      await there.page.request.post('/api/trash/restore', { data: { ids: [ids[0]] } });
      await eventually('it is back where it was', async () => (await shown())[2] === ids[0] || shown());
    });

    test('an album in it, a way back, and a place elsewhere', async () => {
      await menu('album.more', 'album.child');
      await page.getByRole('dialog').getByLabel(t('album.name')).fill('Hallasan');
      await press(button('album.create'));
      await page.getByRole('heading', { name: t('album.empty.title') }).waitFor();
      const child = new URL(page.url()).pathname.split('/').at(-1);
      const path = page.getByRole('navigation', { name: t('album.path') });
      await path.getByRole('link', { name: 'Jeju' }).waitFor();
      await press(path.getByRole('link', { name: 'Jeju' }));
      await page.getByRole('list', { name: t('album.children') }).getByRole('link', { name: /Hallasan/ }).waitFor();
      await shot('children');
      await press(page.getByRole('list', { name: t('album.children') }).getByRole('link', { name: /Hallasan/ }));
      await eventually('the child is open', async () => page.url().endsWith(child) || page.url());
      await menu('album.more', 'album.nest');
      await page.getByRole('dialog').getByRole('button', { name: t('album.nowhere') }).waitFor();
      await shot('nest');
      await press(page.getByRole('dialog').getByRole('button', { name: t('album.nowhere') }));
      await eventually('it lies in none', async () => (await get(`/api/albums/${child}`)).path.length === 0 || false);
      await press(button('undo'));
      await eventually('it is back', async () => (await get(`/api/albums/${child}`)).path.length === 1 || false);
    });

    test('tells it as a trip, with words between the pictures', async () => {
      await page.goto(`/albums/${album}`);
      await tile(ids[5]).waitFor();
      await press(page.getByRole('button', { name: t('album.order', { order: t('album.order.hand') }) }));
      await press(item('album.order.oldest'));
      await menu('album.more', 'trip.show');
      await page.getByText(t('trip.day', { number: 1 }), { exact: true }).waitFor();
      await page.locator('svg .land[d^="M"]').waitFor({ state: 'attached' });
      await press(button('trip.write').first());
      await page.getByLabel(t('trip.text'), { exact: true }).fill(`${hostile}\nWe arrived late.`);
      await page.getByLabel(t('trip.text'), { exact: true }).blur();
      await eventually('the text is kept', async () => {
        const { texts } = await get(`/api/albums/${album}/texts`);
        return (texts.length === 1 && texts[0].text === `${hostile}\nWe arrived late.` && texts[0].before !== null) || texts;
      });
      await button('trip.text.more').waitFor();
      await shot('trip');
      await menu('trip.text.more', 'trip.text.delete');
      await eventually('the text is gone', async () => (await get(`/api/albums/${album}/texts`)).texts.length === 0 || false);
      await press(button('undo'));
      await eventually('the text is back', async () => (await get(`/api/albums/${album}/texts`)).texts.length === 1 || false);
      await menu('album.more', 'trip.end');
      await eventually('it is a grid again', async () => (await page.locator('svg .land').count()) === 0 || false);
    });

    test('two browsers at once: an album that is deleted there says so here, and comes back', async () => {
      await there.page.goto(`/albums/${album}`);
      await there.page.locator('[data-picture]').first().waitFor();
      await press(button('album.more', {}, there.page));
      await press(item('album.delete', there.page));
      await page.getByRole('heading', { name: t('album.gone.title') }).waitFor();
      await shot('gone');
      await press(button('undo', {}, there.page));
      await page.getByLabel(t('album.name')).waitFor();
      await press(page.getByRole('link', { name: t('albums'), exact: true }).first());
      await page.getByRole('link', { name: /Jeju/ }).waitFor();
      await shot('list');
    });

    test('complains of nothing', async () => {
      for (const each of [here, there]) {
        assert.deepEqual(await violationsOn(each.page), []);
        // What was deleted is asked for once more, and is not found.
        assert.deepEqual(each.complaints.filter((text) => !/status of 404/.test(text)), []);
      }
    });
  });
}
