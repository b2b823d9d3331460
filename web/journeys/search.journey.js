import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount } from './filled.js';
import { wordsOf } from './words.js';

const stamp = Date.now().toString(36);
const places = { seoul: { latitude: 37.5796, longitude: 126.977 }, suwon: { latitude: 37.2636, longitude: 127.0286 }, siena: { latitude: 43.3188, longitude: 11.3308 } };
const names = {
  'en-GB': { language: 'en', seoul: 'Seoul', suwon: 'Suwon', country: 'South Korea' },
  'ko-KR': { language: 'ko', seoul: '서울', suwon: '수원', country: '대한민국' },
};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, locale, options } of tours) {
  const town = names[locale];
  describe(`search and places on a ${size} in ${locale}`, () => {
    const say = wordsOf(town.language);
    const phone = size === 'phone';
    let page, complaints, context, account, harbour;
    const shot = (name) => inspect(page, `${size}-${locale}-${name}`);
    const press = (target) => (phone ? target.tap() : target.click());
    const tiles = () => page.locator('.search [data-picture]');
    const field = () => page.getByRole('searchbox', { name: say('search') });
    const found = (count) =>
      eventually(`${count} are found`, async () => {
        const shown = await tiles().count();
        return shown === count || { shown, url: page.url() };
      });

    async function look(text) {
      await field().fill(text);
      await field().press('Enter');
      await eventually('the address says what is looked for', async () => new URL(page.url()).searchParams.get('q') === text || page.url());
    }

    before(async () => {
      account = await filledAccount(`search-${size}-${locale.toLowerCase()}-${stamp}`, 'Mina', 12, { perDay: 4, daysApart: 400 });
      const { pictures, send } = account;
      const change = (at, changes) => send(`/api/pictures/${pictures[at].id}`, 'PATCH', changes);
      for (const at of [0, 1, 3]) await change(at, { place: places.seoul });
      await change(2, { place: places.suwon });
      await change(4, { place: places.siena });
      await change(5, { place: places.siena, description: 'The Old HARBOUR café, 제주여행', tags: ['Trips|Boats'] });
      harbour = pictures[5].id;
      ({ page, complaints, context } = await openPage(browser, options));
      await enter(page, account);
    });
    after(() => context.close());

    test('days say where one was', async () => {
      await page.getByText(`${town.seoul}, ${town.suwon}`, { exact: true }).waitFor();
      await shot('places-in-the-timeline');
    });

    test('the information panel names the town, its region and its country', async () => {
      await page.goto(`/picture/${account.pictures[2].id}`);
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('i');
      const panel = page.locator('.viewer aside');
      await panel.getByText(town.suwon, { exact: true }).waitFor();
      await panel.getByText(town.country).waitFor();
      await page.goBack();
      await page.locator('[data-picture]').first().waitFor();
    });

    test('a key or the bar leads to the search, which says what there is to find', async () => {
      if (phone) await page.getByRole('link', { name: say('search'), exact: true }).tap();
      else await page.keyboard.press('/');
      await eventually('the field waits for words', () => field().evaluate((element) => element === document.activeElement));
      for (const heading of ['search.places', 'search.years']) await page.getByRole('heading', { name: say(heading) }).waitFor();
      await page.getByRole('link', { name: town.seoul }).waitFor();
      await shot('search-start');
      await press(page.getByRole('link', { name: town.seoul }));
      await found(3);
      assert.equal(await field().inputValue(), town.seoul);
    });

    test('words find what has all of them, wherever they stand', async () => {
      await look('harb cafe BOATS');
      await found(1);
      assert.equal(await tiles().first().getAttribute('data-picture'), harbour);
      await page.getByText(say('search.count', { count: 1 }), { exact: true }).waitFor();
      await look('여행');
      await found(1);
      await look(`${town.country} ${town.suwon}`);
      await found(1);
      await look('harbour moon');
      await page.getByRole('heading', { name: say('search.none.title') }).waitFor();
      await shot('search-nothing');
      await look('img');
      await found(12);
      await shot('search-results');
    });

    test('what was found is looked at, and the way back leads to the results', async () => {
      const ids = await tiles().evaluateAll((all) => all.map((tile) => tile.dataset.picture));
      await press(tiles().first());
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('ArrowRight');
      await eventually('the next result is shown', async () => page.url().includes(ids[1]) || page.url());
      await page.reload();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const url = new URL(page.url());
      assert.equal(url.pathname + url.search, '/search?q=img');
      await found(12);
    });

    test('a reload comes back to the words and the place', async () => {
      const scroller = page.locator('.search .scroller');
      await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
      const top = () => scroller.evaluate((element) => Math.round(element.scrollTop));
      await eventually('the place is remembered', () => page.evaluate(() => history.state?.found !== undefined));
      const before = await top();
      await page.reload();
      await found(12);
      await eventually('one is where one was', async () => Math.abs((await top()) - before) <= 2 || { before, now: await top() });
      assert.equal(await field().inputValue(), 'img');
    });

    test('searches are remembered on this device until they are forgotten', async () => {
      await press(page.getByRole('button', { name: say('search.clear') }));
      const recent = page.locator('.recent li');
      await recent.first().waitFor();
      const remembered = await recent.locator('a').allInnerTexts();
      assert.equal(remembered[0].trim(), 'img');
      assert.ok(remembered.length >= 4, remembered.join());
      await shot('search-recent');
      await press(page.getByRole('button', { name: say('search.recent.remove', { query: 'harbour moon' }) }));
      await eventually('one is forgotten', async () => (await recent.count()) === remembered.length - 1 || (await recent.count()));
      await press(page.getByRole('button', { name: say('search.recent.clear') }));
      await recent.first().waitFor({ state: 'detached' });
    });

    test('what is deleted elsewhere leaves the results, and comes back with an undo', async () => {
      await look('harbour');
      await found(1);
      await account.send('/api/trash', 'POST', { ids: [harbour] });
      await page.getByRole('heading', { name: say('search.none.title') }).waitFor();
      await account.send('/api/trash/restore', 'POST', { ids: [harbour] });
      await found(1);
    });

    test('what is selected is thrown away here, and undone', async () => {
      const tile = page.locator(`.tile:has([data-picture="${harbour}"])`);
      if (phone) {
        await tile.locator('a').dispatchEvent('pointerdown', { pointerType: 'touch' });
        await page.getByText(say('select.count', { count: 1 })).waitFor();
        await tile.locator('a').dispatchEvent('pointerup', { pointerType: 'touch' });
      } else {
        await tile.hover();
        await tile.getByRole('checkbox').click();
      }
      await press(page.getByRole('button', { name: say('trash.move') }));
      await found(0);
      await press(page.getByRole('button', { name: say('undo') }));
      await found(1);
    });

    if (!phone) {
      test('the keys lead through the results', async () => {
        await look('img');
        await found(12);
        const ids = await tiles().evaluateAll((all) => all.map((tile) => tile.dataset.picture));
        await tiles().first().focus();
        await page.keyboard.press('ArrowRight');
        const focused = () => page.evaluate(() => document.activeElement?.dataset.picture);
        await eventually('the second has the focus', async () => (await focused()) === ids[1] || (await focused()));
        await page.keyboard.press(' ');
        await page.getByText(say('select.count', { count: 1 })).waitFor();
        await page.keyboard.press('Escape');
        await page.keyboard.press('/');
        await eventually('the field has the focus', () => field().evaluate((element) => element === document.activeElement));
      });
    }

    test('nothing was complained about', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
