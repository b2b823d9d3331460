import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, followTo, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount } from './filled.js';
import { fingersOn, middleOf } from './fingers.js';
import { wordsOf } from './words.js';

const stamp = Date.now().toString(36);

let browser, account;
before(async () => {
  browser = await launch();
  account = await filledAccount(`select-${stamp}`, 'Yuna', 48, { perDay: 4, daysApart: 20 });
});
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`selecting by dragging on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    const phone = size === 'phone';
    let page, context, complaints, fingers, ids;
    const shot = (name) => inspect(page, `${size}-${language}-selecting-${name}`);
    const press = (target) => (phone ? target.tap() : target.click());
    const tile = (id) => page.locator(`[data-picture="${id}"]`);
    const box = (id) => page.locator(`.tile:has([data-picture="${id}"])`);
    const check = (id) => box(id).getByRole('checkbox');
    const count = async () => ((await page.getByRole('toolbar').count()) === 0 ? 0 : Number((await page.getByRole('toolbar').locator('p').innerText()).replace(/\D/g, '')));
    const selected = (number) => eventually(`${number} are selected`, async () => (await count()) === number || (await count()));
    /** Which tiles that are drawn are selected, in the order of the library. */
    const shown = () => page.locator('.tile.selected [data-picture]').evaluateAll((tiles) => tiles.map(({ dataset }) => dataset.picture));
    const inOrder = (some) => ids.filter((id) => some.includes(id));
    const scrolled = () => page.locator('.timeline .scroller').evaluate(({ scrollTop }) => Math.round(scrollTop));

    /** Comes down on a tile so that dragging selects: a finger that rests, or the mouse on the check mark. */
    async function begin(id) {
      const middle = await middleOf(tile(id));
      const before = await count();
      if (phone) {
        await fingers.down(middle);
        await eventually('the resting finger has selected', async () => (await count()) !== before || before);
        return middle;
      }
      await box(id).hover();
      const at = await middleOf(check(id));
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      return at;
    }

    async function dragTo(from, to) {
      if (phone) await fingers.drag(from, to);
      else await page.mouse.move(to.x, to.y, { steps: 8 });
      return to;
    }

    const end = () => (phone ? fingers.up() : page.mouse.up());

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      page.setDefaultTimeout(20_000);
      await enter(page, account);
      fingers = await fingersOn(page);
      ids = account.pictures.map(({ id }) => id);
    });
    after(() => context.close());

    test('takes the one alone that it does not leave', async () => {
      await begin(ids[2]);
      if (!phone) await page.mouse.move(...Object.values(await middleOf(tile(ids[2]))), { steps: 4 });
      await selected(1);
      await end();
      await selected(1);
      assert.deepEqual(await shown(), [ids[2]]);
      await page.keyboard.press('Escape');
      await selected(0);
    });

    test('takes in what it is dragged over, and gives it up again when it comes back', async () => {
      let at = await begin(ids[1]);
      at = await dragTo(at, await middleOf(tile(ids[5])));
      await selected(5);
      assert.deepEqual(inOrder(await shown()), ids.slice(1, 6));
      at = await dragTo(at, await middleOf(tile(ids[2])));
      await selected(2);
      at = await dragTo(at, await middleOf(tile(ids[0])));
      await selected(2);
      assert.deepEqual(inOrder(await shown()), ids.slice(0, 2));
      await dragTo(at, await middleOf(tile(ids[4])));
      await selected(4);
      await end();
      await selected(4);
      assert.deepEqual(inOrder(await shown()), ids.slice(1, 5));
      await shot('range');
    });

    test('adds another range, and unchecks from one that is checked', async () => {
      let at = await begin(ids[6]);
      await dragTo(at, await middleOf(tile(ids[7])));
      await selected(6);
      await end();
      at = await begin(ids[2]);
      await dragTo(at, await middleOf(tile(ids[6])));
      await selected(2);
      await end();
      assert.deepEqual(inOrder(await shown()), [ids[1], ids[7]]);
      await page.keyboard.press('Escape');
      await selected(0);
    });

    test('scrolls by itself at the edge, through what was not on the screen, and back', async () => {
      const { x, y, width, height } = await page.locator('.timeline .scroller').boundingBox();
      const at = await begin(ids[3]);
      await dragTo(at, { x: x + width - 60, y: y + height - 4 });
      await eventually('the oldest is selected', async () => (await count()) === ids.length - 3 || (await count()));
      assert.ok((await scrolled()) > height, 'it has scrolled further than a screen');
      assert.equal(await tile(ids[3]).count(), 0, 'the tile it began on is gone from the page');
      await dragTo({ x: x + width - 60, y: y + height - 4 }, { x: x + 20, y: y + 60 });
      await eventually('it comes back to the top', async () => (await scrolled()) === 0 || scrolled());
      await dragTo({ x: x + 20, y: y + 60 }, await middleOf(tile(ids[3])));
      await selected(1);
      await end();
      await selected(1);
      assert.deepEqual(await shown(), [ids[3]]);
      await page.keyboard.press('Escape');
    });

    test('the count is read whole, however much is selected', async () => {
      const { x, y, width, height } = await page.locator('.timeline .scroller').boundingBox();
      const at = await begin(ids[0]);
      await dragTo(at, { x: x + width - 60, y: y + height - 4 });
      await selected(ids.length);
      await end();
      const cut = await page.getByRole('toolbar').locator('p').evaluate((said) => said.scrollWidth > said.clientWidth);
      assert.equal(cut, false);
      await shot('all');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Home');
      await tile(ids[0]).waitFor();
    });

    if (phone) {
      test('a finger that does not rest scrolls and selects nothing, and a tap opens', async () => {
        const { x, y, width, height } = await page.locator('.timeline .scroller').boundingBox();
        const from = { x: x + width / 2, y: y + height - 120 };
        await fingers.down(from);
        await fingers.drag(from, { x: from.x, y: y + 120 });
        await fingers.up();
        await eventually('it has scrolled', async () => (await scrolled()) > 200 || scrolled());
        assert.equal(await count(), 0);
        await page.keyboard.press('Home');
        await tile(ids[0]).waitFor();
        await tile(ids[0]).tap();
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      });
    }

    test('a list of favourites is selected in the same way', async () => {
      await account.send('/api/pictures', 'PATCH', { ids: ids.slice(0, 12), favourite: true });
      await followTo(page, t('favourites'), t('more'));
      await eventually('they are there', async () => (await page.locator('.scroller [data-picture]').count()) === 12 || 'not yet');
      const at = await begin(ids[1]);
      await dragTo(at, await middleOf(tile(ids[8])));
      await selected(8);
      await dragTo(await middleOf(tile(ids[8])), await middleOf(tile(ids[3])));
      await selected(3);
      await end();
      await page.keyboard.press('Escape');
      await account.send('/api/pictures', 'PATCH', { ids: ids.slice(0, 12), favourite: false });
      await followTo(page, t('timeline'), t('more'));
      await tile(ids[0]).waitFor();
    });

    if (!phone) {
      describe('dragging to other places', () => {
        const link = (key) => page.getByRole('navigation').first().getByRole('link', { name: t(key), exact: true });
        const picture = (id) => account.send(`/api/pictures/${id}`);

        async function choose(some) {
          for (const id of some) {
            await box(id).hover();
            await check(id).click();
          }
          await selected(some.length);
        }

        async function carryTo(id, target) {
          const from = await middleOf(tile(id));
          await page.mouse.move(from.x, from.y);
          await page.mouse.down();
          await page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
          const to = await middleOf(target);
          await page.mouse.move(to.x, to.y, { steps: 8 });
        }

        async function undo() {
          await press(page.getByRole('button', { name: t('undo') }).last());
        }

        test('onto the favourites, all that are selected, and undoes it', async () => {
          await choose(ids.slice(0, 3));
          await carryTo(ids[1], link('favourites'));
          await page.locator('nav a[data-dropping]').waitFor();
          await shot('carrying');
          await page.mouse.up();
          await selected(0);
          for (const id of ids.slice(0, 3)) await eventually('it is a favourite', async () => (await picture(id)).favourite);
          await undo();
          for (const id of ids.slice(0, 3)) await eventually('it is none', async () => !(await picture(id)).favourite);
          assert.equal(new URL(page.url()).pathname, '/');
        });

        test('onto the archive and the trash, one that is not selected, and undoes it', async () => {
          await carryTo(ids[0], link('archive'));
          await page.mouse.up();
          await tile(ids[0]).waitFor({ state: 'detached' });
          await eventually('it is archived', async () => (await picture(ids[0])).archived);
          await undo();
          await tile(ids[0]).waitFor();
          await carryTo(ids[2], link('trash'));
          await page.mouse.up();
          await tile(ids[2]).waitFor({ state: 'detached' });
          await eventually('it lies in the trash', async () => (await picture(ids[2])).trashedAt !== null);
          await undo();
          await tile(ids[2]).waitFor();
        });

        test('onto an album beside the navigation, and undoes it', async () => {
          const { id: album } = await account.send('/api/albums', 'POST', { name: `Drop ${language}` });
          const within = async () => (await account.send(`/api/albums/${album}/pictures`)).pictures.map(({ id }) => id).sort();
          await choose(ids.slice(0, 2));
          const from = await middleOf(tile(ids[0]));
          await page.mouse.move(from.x, from.y);
          await page.mouse.down();
          await page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
          const to = await middleOf(page.locator('nav li', { hasText: `Drop ${language}` }));
          await page.mouse.move(to.x, to.y, { steps: 8 });
          await page.locator('nav li[data-dropping]').waitFor();
          await shot('albums');
          await page.mouse.up();
          await eventually('both are in it', async () => JSON.stringify(await within()) === JSON.stringify(ids.slice(0, 2).sort()) || within());
          await undo();
          await eventually('neither is', async () => (await within()).length === 0 || within());
        });

        test('onto the albums, and says which', async () => {
          await choose(ids.slice(4, 6));
          await carryTo(ids[4], link('albums'));
          await page.mouse.up();
          const dialog = page.getByRole('dialog', { name: t('album.add') });
          await dialog.waitFor();
          await page.keyboard.press('Escape');
          await dialog.waitFor({ state: 'detached' });
          await selected(2);
          await page.keyboard.press('Escape');
        });

        test('onto nothing, where nothing happens', async () => {
          await carryTo(ids[0], page.getByRole('link', { name: 'Picup' }));
          await page.mouse.up();
          assert.equal(new URL(page.url()).pathname, '/');
          assert.equal(await page.locator('.carried').count(), 0);
          await carryTo(ids[0], link('trash'));
          await page.keyboard.press('Escape');
          await page.mouse.up();
          assert.equal((await picture(ids[0])).trashedAt, null);
        });
      });
    }

    test('nothing was complained about', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
