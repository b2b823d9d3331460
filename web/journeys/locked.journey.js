import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { askForProof, eventually, followTo, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { enter, filledAccount, password } from './filled.js';
import { wordsOf } from './words.js';

const stamp = Date.now().toString(36);
const code = '481516';
const catalogues = { 'en-GB': wordsOf('en'), 'ko-KR': wordsOf('ko') };

/** What is pressed and read here, by the keys of the catalogues. */
function wordsFor(locale) {
  const t = catalogues[locale];
  return {
    timeline: t('timeline'), locked: t('locked'), more: t('more'), first: t('locked.first.title'), code: t('locked.code'), newCode: t('locked.code.new'), current: t('locked.code.current'),
    repeat: t('locked.code.repeat'), set: t('locked.code.choose'), differs: t('locked.code.differs'), weak: t('locked.code.weak'), wrong: t('locked.code.wrong'), unlock: t('locked.unlock'),
    forgot: t('locked.forgot'), now: t('locked.now'), change: t('locked.code.change'), changed: t('locked.code.changed'), empty: t('locked.empty.title'), add: t('locked.add'), remove: t('locked.remove'),
    undo: t('undo'), toAlbum: t('album.add'), password: t('password'), confirm: t('proof.confirm'), trash: t('trash'), discard: t('trash.move'), inFolder: t('problem.locked'), open: t('locked.show'),
    selected: (count) => t('select.count', { count }),
  };
}

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, locale, options } of tours) {
  const say = wordsFor(locale);
  describe(`the locked folder on a ${size} in ${locale}`, () => {
    let page, complaints, context, account, ids;
    const phone = size === 'phone';
    const shot = (name) => inspect(page, `${size}-${locale}-${name}`);
    const press = (target) => (phone ? target.tap() : target.click());
    const button = (name, within = page) => within.getByRole('button', { name, exact: true });
    const field = (name) => page.getByLabel(name, { exact: true });
    const tile = (id) => page.locator(`[data-picture="${id}"]`);
    const shown = () => page.locator('[data-picture]').evaluateAll((all) => all.map((each) => each.dataset.picture));
    const go = (name) => followTo(page, name, say.more);
    const viewer = () => page.locator('.viewer');
    const isShown = (...wanted) => eventually(`just ${wanted.length} are shown`, async () => JSON.stringify(await shown()) === JSON.stringify(wanted) || (await shown()));
    const refused = (id) => account.send(`/api/pictures/${id}`).then(() => 'seen', (error) => /403 .*"locked"/.test(error.message) || error.message);

    async function select(chosen) {
      for (const id of chosen) {
        const it = page.locator(`.tile:has([data-picture="${id}"])`);
        if (phone && id === chosen[0]) {
          await it.locator('a').dispatchEvent('pointerdown', { pointerType: 'touch' });
          await page.getByText(say.selected(1)).waitFor();
          await it.locator('a').dispatchEvent('pointerup', { pointerType: 'touch' });
        } else if (phone) await it.locator('a').tap();
        else {
          await it.hover();
          await it.getByRole('checkbox').click();
        }
      }
    }

    async function unlock(typed = code) {
      await field(say.code).fill(typed);
      await press(button(say.unlock));
    }

    /** What is said elsewhere, refused or not, is no complaint about the page. */
    const answer = (address, init) => page.evaluate(([to, how]) => fetch(to, how).then(({ status }) => status), [address, init]);

    before(async () => {
      account = await filledAccount(`locked-${size}-${locale.toLowerCase()}-${stamp}`, 'Bora', 8, { perDay: 4, daysApart: 20 });
      ids = account.pictures.map(({ id }) => id);
      ({ page, complaints, context } = await openPage(browser, options));
      await enter(page, account);
    });
    after(() => context.close());

    test('a picture cannot be locked before there is a code, which is asked for first', async () => {
      await select(ids.slice(0, 1));
      await press(button(say.add));
      const dialog = page.getByRole('dialog', { name: say.first });
      await dialog.waitFor();
      await shot('locked-first');
      await field(say.code).fill('123456');
      await field(say.repeat).fill('123457');
      await press(button(say.set));
      await page.getByText(say.differs).waitFor();
      await field(say.repeat).fill('123456');
      await press(button(say.set));
      await page.getByText(say.weak).waitFor();
      await field(say.code).fill(code);
      await field(say.repeat).fill(code);
      await press(button(say.set));
      await dialog.waitFor({ state: 'detached' });
      await tile(ids[0]).waitFor({ state: 'detached' });
      await press(button(say.undo));
      await tile(ids[0]).waitFor();
    });

    test('the empty folder says how something comes there', async () => {
      await go(say.locked);
      await page.getByRole('heading', { name: say.empty }).waitFor();
      await shot('locked-empty');
    });

    test('locked pictures leave the timeline, come back by undo, and lie in the folder', async () => {
      await go(say.timeline);
      await tile(ids[0]).waitFor();
      await select(ids.slice(0, 2));
      await shot('locked-selection');
      await press(button(say.add));
      await tile(ids[0]).waitFor({ state: 'detached' });
      await press(button(say.undo));
      await tile(ids[0]).waitFor();
      assert.equal((await account.send('/api/timeline')).reduce((sum, { count }) => sum + count, 0), ids.length);

      await select(ids.slice(0, 2));
      await press(button(say.add));
      await go(say.locked);
      await isShown(ids[0], ids[1]);
      await shot('locked');
      assert.equal(await refused(ids[0]), true, 'another session, where it is closed');
    });

    test('a picture is locked where it is looked at, and the next one is shown', async () => {
      await go(say.timeline);
      await press(tile(ids[2]));
      await viewer().waitFor();
      await press(button(say.more, viewer()));
      await press(viewer().getByRole('menuitem', { name: say.add }));
      await eventually('the next picture is shown', async () => page.url().endsWith(ids[3]) || page.url());
      await page.keyboard.press('Escape');
      await viewer().waitFor({ state: 'detached' });
      await tile(ids[2]).waitFor({ state: 'detached' });
      await go(say.locked);
      await isShown(ids[0], ids[1], ids[2]);
    });

    test('pictures are locked out of an album, and come back to it by undo', async () => {
      const { id: album } = await account.send('/api/albums', 'POST', { name: 'Garden' });
      await account.send(`/api/albums/${album}/pictures`, 'POST', { ids: ids.slice(4, 7) });
      await page.goto(`/albums/${album}`);
      await isShown(...ids.slice(4, 7));
      await select([ids[5]]);
      await shot('locked-album-selection');
      await press(button(say.add));
      await isShown(ids[4], ids[6]);
      await eventually('it is locked', () => refused(ids[5]));
      await press(button(say.undo));
      await isShown(...ids.slice(4, 7));
      await go(say.locked);
    });

    test('a picture is moved out where it is looked at', async () => {
      await press(tile(ids[1]));
      await viewer().waitFor();
      await viewer().locator('img').first().waitFor();
      await press(button(say.more, viewer()));
      assert.equal(await viewer().getByRole('menuitem', { name: say.toAlbum }).count(), 0);
      await press(viewer().getByRole('menuitem', { name: say.remove }));
      await eventually('the next picture is shown', async () => page.url().endsWith(`/locked/picture/${ids[2]}`) || page.url());
      await page.keyboard.press('Escape');
      await isShown(ids[0], ids[2]);
      assert.equal((await account.send(`/api/pictures/${ids[1]}`)).locked, false);
    });

    test('several are moved out at once', async () => {
      await select([ids[2]]);
      await press(button(say.remove));
      await isShown(ids[0]);
      await eventually('another session sees it again', async () => (await refused(ids[2])) === 'seen');
    });

    test('what the browser kept for a year is not shown any more once it is locked', async () => {
      const { version } = account.pictures[5];
      const address = `/api/pictures/${ids[5]}/renditions/thumb?v=${version}`;
      assert.equal(await answer(address), 200);
      assert.equal(await answer(address, { cache: 'only-if-cached', mode: 'same-origin' }), 200, 'it is in the cache');
      await go(say.timeline);
      await select([ids[5]]);
      await press(button(say.add));
      await go(say.locked);
      await isShown(ids[0], ids[5]);
      await press(button(say.now));
      await field(say.code).waitFor();
      await eventually('the cache has forgotten it', async () => {
        const status = await answer(address, { cache: 'force-cache' });
        return status === 403 || status;
      });
    });

    test('it stays locked over a reload, says what is wrong, and opens with the code', async () => {
      await page.reload();
      await field(say.code).waitFor();
      await shot('locked-door');
      await unlock('999999');
      await page.getByText(say.wrong).waitFor();
      await unlock();
      await isShown(ids[0], ids[5]);
    });

    test('an address from before leads to the door', async () => {
      await press(button(say.now));
      await field(say.code).waitFor();
      await page.goto(`/picture/${ids[5]}`);
      await page.getByText(say.inFolder).waitFor();
      await shot('locked-away');
      await press(page.getByRole('link', { name: say.open }));
      await unlock();
      await isShown(ids[0], ids[5]);
    });

    test('the code is changed by who knows it', async () => {
      await press(button(say.more));
      await press(page.getByRole('menuitem', { name: say.change }));
      await field(say.current).fill('000999');
      await field(say.newCode).fill('271828');
      await field(say.repeat).fill('271828');
      await press(button(say.set));
      await page.getByText(say.wrong).waitFor();
      await shot('locked-change');
      await field(say.current).fill(code);
      await press(button(say.set));
      await page.getByText(say.changed).waitFor();
      await press(button(say.now));
      await unlock('271828');
      await isShown(ids[0], ids[5]);
    });

    test('a forgotten code is replaced after a proof of the account', async () => {
      await press(button(say.now));
      await askForProof(page, 'PUT', '/api/locked-folder/code');
      await press(button(say.forgot));
      await field(say.code).fill(code);
      await field(say.repeat).fill(code);
      await press(button(say.set));
      await field(say.password).fill(password);
      await shot('locked-proof');
      await press(button(say.confirm));
      await isShown(ids[0], ids[5]);
      assert.equal(await refused(ids[0]), true);
    });

    test('the trash shows what was thrown away out of it while it is open', async () => {
      await select([ids[5]]);
      await press(button(say.discard));
      await isShown(ids[0]);
      await go(say.trash);
      await isShown(ids[5]);
      assert.equal(await answer('/api/locked-folder/lock', { method: 'POST' }), 204);
      await isShown();
      await go(say.locked);
      await unlock();
      await isShown(ids[0]);
    });

    test('it locks itself when nobody has touched anything for a while, in every window', async () => {
      const other = await context.newPage();
      await other.clock.install();
      await other.goto('/locked');
      await other.locator(`[data-picture="${ids[0]}"]`).waitFor();
      await other.clock.fastForward('15:10');
      await other.getByLabel(say.code, { exact: true }).waitFor();
      await field(say.code).waitFor();
      await other.close();
    });

    test('nothing was said against the rules of the page', async () => {
      // Refusals are what this journey is about, and a browser logs each.
      assert.deepEqual(complaints.filter((each) => !/status of (400|401|403|409)/.test(each)), []);
      assert.deepEqual(await violationsOn(page), []);
    });
  });
}
