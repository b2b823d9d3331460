// A month with more pictures than one answer has: what is shown after a leap into it is what is there, without a gap.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { accountWithMonth, enter } from './filled.js';

const stamp = Date.now().toString(36);
const count = 620;

let browser, account;
before(async () => {
  browser = await launch();
  account = await accountWithMonth(`month-${stamp}`, 'Haru', '2019-07', count);
});
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`a month of ${count} pictures on a ${size} in ${language}`, () => {
    let page, context, complaints, ids;
    const tile = (id) => page.locator(`[data-picture="${id}"]`);

    /** The numbers of the pictures that are seen, in the order of the page. */
    const seen = async () => {
      const shown = await page.locator('[data-picture]').evaluateAll((tiles) =>
        tiles.filter((tile) => tile.getBoundingClientRect().bottom > 60 && tile.getBoundingClientRect().top < innerHeight).map(({ dataset }) => dataset.picture),
      );
      return shown.map((id) => ids.indexOf(id)).sort((a, b) => a - b);
    };
    const followEachOther = (numbers) => numbers.length > 0 && numbers.every((number, at) => at === 0 || number === numbers[at - 1] + 1);

    async function scrubTo(share) {
      const track = await page.locator('.scrubber').boundingBox();
      const x = track.x + track.width - 8;
      await page.mouse.move(x, track.y + 18 + share * (track.height - 36));
      await page.mouse.down();
      await page.mouse.up();
    }

    before(async () => {
      ({ page, complaints, context } = await openPage(browser, options));
      page.setDefaultTimeout(20_000);
      await enter(page, account);
      ids = account.pictures.map(({ id }) => id);
      assert.equal(ids.length, count);
    });
    after(() => context.close());

    test('a leap into its middle shows its middle', async () => {
      for (const share of [0.5, 0.8, 0.3]) {
        await page.locator('.scroller').hover();
        await page.mouse.wheel(0, 1); // wakes the scrubber of a phone
        await scrubTo(share);
        await eventually(`pictures around ${share}`, async () => {
          const numbers = await seen();
          return (followEachOther(numbers) && Math.abs(numbers[0] / count - share) < 0.15) || numbers;
        });
      }
      await inspect(page, `${size}-${language}-month`);
    });

    test('whoever goes on from there passes every picture, up to the newest', async () => {
      const passed = new Set(await seen());
      const oldest = Math.max(...passed);
      await eventually('the newest is seen', async () => {
        await page.mouse.wheel(0, -300);
        for (const number of await seen()) passed.add(number);
        return passed.has(0) || passed.size;
      });
      assert.deepEqual([...passed].sort((a, b) => a - b), Array.from({ length: oldest + 1 }, (_, number) => number));
    });

    test('a picture of its middle that was opened by its address stands there when it is closed', async () => {
      await page.goto(`/picture/${ids[400]}`);
      await tile(ids[400]).waitFor({ state: 'attached' });
      await page.keyboard.press('ArrowRight');
      await eventually('the next older picture', () => new URL(page.url()).pathname === `/picture/${ids[401]}`);
      await page.keyboard.press('Escape');
      await eventually('it is seen', async () => {
        const numbers = await seen();
        return (numbers.includes(401) && followEachOther(numbers)) || numbers;
      });
    });

    test('after a reload one is where one was', async () => {
      await page.reload();
      await eventually('it is seen', async () => {
        const numbers = await seen();
        return numbers.includes(401) || numbers;
      });
    });

    test('from its newest to its oldest picture all are selected, held or not', async () => {
      await page.keyboard.press('Home');
      await tile(ids[0]).click({ modifiers: ['Shift'] });
      await eventually('it is selected', async () => (await page.getByRole('toolbar').count()) === 1);
      await page.keyboard.press('End');
      await tile(ids.at(-1)).click({ modifiers: ['Shift'] });
      const toolbar = page.getByRole('toolbar').locator('p');
      await eventually('all are selected', async () => Number((await toolbar.innerText()).replace(/\D/g, '')) === count || toolbar.innerText());
      await page.keyboard.press('Escape');
    });

    test('what is thrown away in its middle leaves no gap, and comes back', async () => {
      await page.goto('/');
      await scrubTo(0.5);
      await eventually('its middle', async () => followEachOther(await seen()) && Math.min(...(await seen())) > 200);
      const numbers = await seen();
      const gone = numbers[Math.floor(numbers.length / 2)];
      await account.send(`/api/pictures/${ids[gone]}`, 'DELETE');
      await tile(ids[gone]).waitFor({ state: 'detached' });
      assert.deepEqual((await seen()).filter((number) => number < gone), numbers.filter((number) => number < gone), 'what stood before it stands there');
      await account.send('/api/trash/restore', 'POST', { ids: [ids[gone]] });
      await tile(ids[gone]).waitFor();
      assert.ok(followEachOther(await seen()));
    });

    /** Keeps the app from the page until it is let go. */
    async function holdApp() {
      let letGo;
      const held = new Promise((done) => (letGo = done));
      await page.route('**/assets/app-*.js', async (route) => {
        await held;
        await route.continue();
      });
      return letGo;
    }

    test('its newest pictures stand in their places before the app has been read', async () => {
      const boxes = (selector, idOf) =>
        page.locator(selector).evaluateAll((all, pattern) => {
          const found = all.map((each) => {
            const { left, top, width, height } = each.getBoundingClientRect();
            return [new RegExp(pattern).exec(each.src ?? each.dataset.picture)[1], [left, top, width, height].map(Math.round)];
          });
          return Object.fromEntries(found.filter(([, [, top]]) => top < innerHeight));
        }, idOf);
      const letGo = await holdApp();
      await page.goto('/?');
      await eventually('the first screen', () => page.evaluate(() => [...document.images].length > 5 && [...document.images].every((image) => image.complete && image.naturalWidth > 0)));
      assert.equal(await page.locator('.timeline').count(), 0, 'the app is not there yet');
      const early = await boxes('#first img', 'pictures/([^/]+)/');
      letGo();
      await page.locator('.timeline .thumb.loaded').first().waitFor();
      const shown = await boxes('[data-picture]', '(.+)');
      assert.deepEqual(Object.fromEntries(Object.keys(early).map((id) => [id, shown[id]])), early);
      await page.locator('#first').waitFor({ state: 'detached' });
      await page.unroute('**/assets/app-*.js');
    });

    test('so does the photo of an address, and its facts are asked for once', async () => {
      const asked = [];
      const facts = `/api/pictures/${ids[300]}`;
      page.on('request', (request) => new URL(request.url()).pathname === facts && asked.push(request.url()));
      const letGo = await holdApp();
      await page.goto(`/picture/${ids[300]}`);
      const photo = page.locator('#first.picture img');
      await eventually('the photo', () => photo.evaluate((image) => image.complete && image.naturalWidth > 0));
      const early = await photo.evaluate((image) => {
        const { left, top, width, height } = image.getBoundingClientRect();
        const scale = Math.min(width / image.naturalWidth, height / image.naturalHeight);
        const [shownWidth, shownHeight] = [image.naturalWidth * scale, image.naturalHeight * scale];
        return [left + (width - shownWidth) / 2, top + (height - shownHeight) / 2, shownWidth, shownHeight].map(Math.round);
      });
      assert.equal(await page.locator('.viewer').count(), 0, 'the app is not there yet');
      letGo();
      await page.locator('.viewer .preview.sharp').waitFor();
      const { x, y, width, height } = await page.locator('.viewer .photo').boundingBox();
      assert.deepEqual([x, y, width, height].map(Math.round), early);
      await page.locator('#first').waitFor({ state: 'detached' });
      await page.unroute('**/assets/app-*.js');
      await page.locator('[data-picture]').first().waitFor({ state: 'attached' });
      // A preload is told of, too, and is what the page then takes.
      assert.equal(new Set(asked).size, 1);
      assert.ok(asked.length <= 2, asked.join(' '));
      await page.keyboard.press('Escape');
      await tile(ids[300]).waitFor();
    });

    test('nothing complained, and the content policy held', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
