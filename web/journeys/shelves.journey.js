import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, followTo, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount } from './filled.js';

const stamp = Date.now().toString(36);
const words = {
  'en-GB': {
    timeline: 'Timeline', favourites: 'Favourites', archive: 'Archive', more: 'More', selected: /^\d+ selected$/, add: 'Add to favourites', remove: 'Remove from favourites',
    shelve: 'Archive', back: 'Back to the timeline', undo: 'Undo', noFavourites: 'No favourites yet', emptyArchive: 'The archive is empty', keys: 'Keyboard', slideshow: 'Slideshow',
  },
  'ko-KR': {
    timeline: '타임라인', favourites: '즐겨찾기', archive: '보관함', more: '더 보기', selected: /^\d+개 선택됨$/, add: '즐겨찾기에 추가', remove: '즐겨찾기에서 제거',
    shelve: '보관', back: '타임라인으로 되돌리기', undo: '실행 취소', noFavourites: '아직 즐겨찾기가 없습니다', emptyArchive: '보관함이 비어 있습니다', keys: '키보드 단축키', slideshow: '슬라이드쇼',
  },
};

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, locale, options } of tours) {
  const say = words[locale];
  describe(`favourites, the archive and the keys on a ${size} in ${locale}`, () => {
    let page, complaints, context, account;
    const phone = size === 'phone';
    const shot = (name) => inspect(page, `${size}-${locale}-${name}`);
    const press = (target) => (phone ? target.tap() : target.click());
    const tiles = () => page.locator('[data-picture]');
    const shown = () => tiles().evaluateAll((all) => all.map((tile) => tile.dataset.picture));

    const go = (name) => followTo(page, name, say.more);

    async function select(ids) {
      for (const id of ids) {
        const tile = page.locator(`.tile:has([data-picture="${id}"])`);
        if (phone && id === ids[0]) {
          await tile.locator('a').dispatchEvent('pointerdown', { pointerType: 'touch' });
          await page.getByText(say.selected).waitFor();
          await tile.locator('a').dispatchEvent('pointerup', { pointerType: 'touch' });
        } else if (phone) await tile.locator('a').tap();
        else {
          await tile.hover();
          await tile.getByRole('checkbox').click();
        }
      }
    }

    before(async () => {
      account = await filledAccount(`shelf-${size}-${locale.toLowerCase()}-${stamp}`, 'Bora', 12, { perDay: 4, daysApart: 20 });
      ({ page, complaints, context } = await openPage(browser, options));
      await enter(page, account);
    });
    after(() => context.close());

    test('empty lists say how something comes there', async () => {
      await go(say.favourites);
      await page.getByRole('heading', { name: say.noFavourites }).waitFor();
      await shot('no-favourites');
      await go(say.archive);
      await page.getByRole('heading', { name: say.emptyArchive }).waitFor();
      await shot('empty-archive');
    });

    test('several pictures become favourites at once, and stop being some', async () => {
      const chosen = account.pictures.slice(0, 3).map(({ id }) => id);
      await go(say.timeline);
      await tiles().first().waitFor();
      await select(chosen);
      await press(page.getByRole('button', { name: say.add }));
      await go(say.favourites);
      await eventually('all three are there, newest first', async () => {
        const seen = await shown();
        return JSON.stringify(seen) === JSON.stringify(chosen) || seen;
      });
      await shot('favourites');
      await select(chosen.slice(1, 2));
      await press(page.getByRole('button', { name: say.remove }));
      await eventually('two are left', async () => (await tiles().count()) === 2 || (await shown()));
      await eventually('the server says so, too', async () => {
        const { pictures } = await account.send('/api/pictures?shelf=favourites');
        const ids = pictures.map(({ id }) => id);
        return JSON.stringify(ids) === JSON.stringify([chosen[0], chosen[2]]) || ids;
      });
    });

    test('leafs through the favourites only', async () => {
      await press(tiles().first());
      await page.getByRole('dialog').waitFor();
      const first = page.url();
      await page.keyboard.press('ArrowRight');
      await eventually('the second favourite is shown', async () => page.url() !== first || first);
      assert.match(new URL(page.url()).pathname, /^\/favourites\/picture\//);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(new URL(page.url()).pathname, '/favourites');
    });

    test('archived pictures leave the timeline, and come back by undo and from the archive', async () => {
      const chosen = account.pictures.slice(4, 6).map(({ id }) => id);
      await go(say.timeline);
      await page.locator(`[data-picture="${chosen[0]}"]`).waitFor();
      const before = await tiles().count();
      await select(chosen);
      await press(page.getByRole('button', { name: say.shelve, exact: true }));
      await eventually('they are gone', async () => (await tiles().count()) === before - 2 || (await tiles().count()));
      await press(page.getByRole('button', { name: say.undo }));
      await page.locator(`[data-picture="${chosen[0]}"]`).waitFor();

      await select(chosen);
      await press(page.getByRole('button', { name: say.shelve, exact: true }));
      await go(say.archive);
      await eventually('both are in the archive', async () => (await tiles().count()) === 2 || (await shown()));
      await shot('archive');
      await select(chosen.slice(0, 1));
      await press(page.getByRole('button', { name: say.back }));
      await eventually('one is left', async () => (await tiles().count()) === 1 || (await shown()));
      await go(say.timeline);
      await page.locator(`[data-picture="${chosen[0]}"]`).waitFor();
      assert.equal(await page.locator(`[data-picture="${chosen[1]}"]`).count(), 0);
    });

    test('a picture is archived where it is looked at, and the next one is shown', async () => {
      await go(say.timeline);
      await tiles().first().waitFor();
      const [first, second] = await shown();
      await eventually('what was said before has gone', async () => (await page.getByRole('button', { name: say.undo }).count()) === 0);
      await press(page.locator(`[data-picture="${first}"]`));
      const viewer = page.getByRole('dialog');
      await viewer.waitFor();
      await press(viewer.getByRole('button', { name: say.more }));
      await press(viewer.getByRole('menuitem', { name: say.shelve, exact: true }));
      await eventually('the next picture is shown', async () => page.url().endsWith(second) || page.url());
      await press(page.getByRole('button', { name: say.undo }));
      await eventually('it is back', async () => !(await account.send(`/api/pictures/${first}`)).archived);
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'detached' });
      await page.locator(`[data-picture="${first}"]`).waitFor();
    });

    test('a slideshow leafs on by itself, and any key ends it', async () => {
      await press(tiles().first());
      const viewer = page.getByRole('dialog');
      await viewer.waitFor();
      const first = page.url();
      await press(viewer.getByRole('button', { name: say.more }));
      await press(viewer.getByRole('menuitem', { name: say.slideshow }));
      await page.locator('.viewer.playing').waitFor();
      await eventually('the next picture comes on', async () => page.url() !== first || first);
      await page.keyboard.press('Space');
      await page.locator('.viewer:not(.playing)').waitFor();
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'detached' });
    });

    if (!phone) {
      test('? shows the keys, and the keys lead to the pages', async () => {
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: say.keys }).waitFor();
        await shot('keys');
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.keyboard.press('g');
        await page.keyboard.press('a');
        await eventually('the albums are shown', async () => new URL(page.url()).pathname === '/albums' || page.url());
        await page.keyboard.press('g');
        await page.keyboard.press('t');
        await tiles().first().waitFor();
      });
    }

    test('a reload comes back to what was looked at', async () => {
      const oldest = account.pictures.at(-1).id;
      await page.keyboard.press('End');
      await page.locator(`[data-picture="${oldest}"]`).waitFor();
      const top = () => page.locator('.timeline .scroller').evaluate((scroller) => Math.round(scroller.scrollTop));
      const before = await top();
      assert.ok(before > 0, 'there is something to scroll');
      await eventually('the place is remembered', () => page.evaluate(() => Boolean(history.state?.seen)));
      await page.reload();
      await page.locator(`[data-picture="${oldest}"]`).waitFor();
      await eventually('one is where one was', async () => Math.abs((await top()) - before) <= 2 || { before, now: await top() });
    });

    test('nothing was complained about', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
