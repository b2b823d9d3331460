import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { administrator, becomeAdministrator } from './administrator.js';
import { eventually, followTo, inspect, launch, openPage, sizes, tours, violationsOn } from './browser.js';
import { sizeIn } from './languages.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const crowd = 55;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test('the very first visitor is asked to create an account, which looks after the instance', async (context) => {
  const t = wordsOf('en');
  const { page, context: visit } = await openPage(browser, sizes.desktop);
  const { empty } = await (await page.request.get('/api/instance')).json();
  if (!empty) return context.skip('somebody was here before');
  await page.goto('/');
  await page.getByText(t('signUp.textFirst')).waitFor();
  assert.equal(new URL(page.url()).pathname, '/sign-up');
  await becomeAdministrator(page);
  await page.goto('/');
  await page.getByRole('link', { name: t('admin'), exact: true }).waitFor();
  await visit.close();
});

let crowded = false;

/** Once for all sizes, and one after the other: each costs the server a hash that is meant to be slow. */
async function gatherCrowd(page) {
  if (crowded) return;
  crowded = true;
  for (let n = 0; n < crowd; n++) {
    const made = await page.request.post('/api/members', { data: { username: `crowd-${stamp}-${n}`, password } });
    assert.equal(made.status(), 201);
  }
}

for (const { size, language, options } of tours) {
  describe(`an administrator on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let here, there;
    const name = `kim-${size}-${language}-${stamp}`;
    const shot = (what) => inspect(here.page, `${size}-${language}-${what}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const rows = () => here.page.getByRole('table').locator('tbody > tr');
    const button = (key, values, on = here.page) => on.getByRole('button', { name: t(key, values), exact: true });
    const heading = ({ page }, key) => page.getByRole('heading', { name: t(key), exact: true });
    const tab = (key) => press(here.page.locator('.administration nav').getByRole('link', { name: t(key), exact: true }));
    const search = (text) => here.page.getByLabel(t('admin.search'), { exact: true }).fill(text);
    const used = (usedBytes, quotaBytes) => t('space.used', { used: sizeIn(language, usedBytes), quota: sizeIn(language, quotaBytes) });

    before(async () => {
      here = await openPage(browser, options);
      there = await openPage(browser, options);
      await becomeAdministrator(here.page);
      const made = await there.page.request.post('/api/members', { data: { username: name, password, displayName: 'Kim Minji' } });
      assert.equal(made.status(), 201);
    });
    after(() => Promise.all([here.context.close(), there.context.close()]));

    test('finds the page in the navigation, which others do not', async () => {
      await here.page.goto('/');
      await followTo(here.page, t('admin'), t('more'));
      await heading(here, 'admin').waitFor();
      await there.page.goto('/admin');
      await heading(there, 'notFound.title').waitFor();
      assert.equal(await there.page.getByRole('link', { name: t('admin') }).count(), 0);
      await there.page.goto('/more');
      await there.page.locator('.more').getByRole('link', { name: t('trash'), exact: true }).waitFor();
      assert.equal(await there.page.getByRole('link', { name: t('admin') }).count(), 0);
      await there.page.goto('/');
    });

    test('searches for a member and finds nobody under another name', async () => {
      await search(name.toUpperCase());
      await eventually('one member is found', async () => (await rows().count()) === 1 || rows().count());
      assert.match(await rows().first().innerText(), /Kim Minji/);
      assert.ok((await rows().first().innerText()).includes(used(0, 1e12)), await rows().first().innerText());
      await search('nobody is called this');
      await here.page.getByText(t('admin.nobody', { search: 'nobody is called this' })).waitFor();
      await search(name);
      await eventually('the member is back', async () => (await rows().count()) === 1 || rows().count());
    });

    test('sets the storage limit', async () => {
      await choose('admin.quota');
      await here.page.getByLabel(t('admin.quota.label'), { exact: true }).fill('2.5');
      await shot('admin-quota');
      await press(button('save', {}, here.page.getByRole('dialog')));
      await here.page.getByText(used(0, 2.5e9)).waitFor();
    });

    test('makes an administrator, and takes it back', async () => {
      await choose('admin.make');
      await here.page.getByText(t('admin.made', { name })).waitFor();
      await there.page.goto('/admin');
      await there.page.getByRole('table').waitFor();
      await press(button('undo'));
      await eventually('the badge is gone', async () => !(await rows().first().innerText()).includes(t('admin.administrator')));
      await there.page.goto('/admin');
      await heading(there, 'notFound.title').waitFor();
    });

    test('suspends a member after asking, who is out at once', async () => {
      await choose('admin.suspend');
      await here.page.getByText(t('admin.suspend.text')).waitFor();
      await shot('admin-suspend');
      await press(button('admin.suspend', {}, here.page.getByRole('dialog')));
      await here.page.getByText(t('admin.suspended', { name })).waitFor();
      await there.page.goto('/albums');
      await heading(there, 'signIn.title').waitFor();
      await signInThere();
      await there.page.getByText(t('problem.suspended')).waitFor();
      await inspect(there.page, `${size}-${language}-suspended`);
    });

    test('lets the member back in', async () => {
      await choose('admin.reinstate');
      await here.page.getByText(t('admin.reinstated', { name })).waitFor();
      await signInThere();
      await heading(there, 'timeline.empty.title').waitFor();
    });

    test('signs a member out, who notices with the next step', async () => {
      await choose('admin.signOut');
      await here.page.getByText(t('admin.signedOut', { name, count: 1 })).waitFor();
      await press(there.page.getByRole('link', { name: t('albums'), exact: true }));
      await heading(there, 'signIn.title').waitFor();
    });

    test('deletes an account after asking, and the row is gone', async () => {
      const leaver = `leaver-${size}-${language}-${stamp}`;
      const visit = await openPage(browser, options);
      const made = await visit.page.request.post('/api/members', { data: { username: leaver, password: 'a sentence to leave with' } });
      assert.equal(made.status(), 201);
      await visit.context.close();
      await search(leaver);
      await eventually('the one row', async () => (await rows().count()) === 1 && (await rows().first().innerText()).includes(leaver));
      await choose('admin.remove', leaver);
      await here.page.getByText(t('admin.remove.text')).waitFor();
      await shot('admin-remove');
      await press(button('admin.remove', {}, here.page.getByRole('dialog')));
      await here.page.getByText(t('admin.removed', { name: leaver })).waitFor();
      await eventually('no row', async () => (await rows().count()) === 0);
      await search(name);
    });

    test('pages through many members', async () => {
      await gatherCrowd(there.page);
      await search(`crowd-${stamp}`);
      await eventually('a page of fifty', async () => (await rows().count()) === 50 || rows().count());
      await press(button('admin.more'));
      await eventually('everybody', async () => (await rows().count()) === crowd || rows().count());
      assert.equal(await here.page.getByRole('button', { name: t('admin.more') }).count(), 0);
    });

    test('sees work and that none has failed', async () => {
      await tab('admin.work');
      await eventually('both sides have none', async () => (await here.page.getByText(t('work.noneFailed'), { exact: true }).count()) === 2);
      await here.page.getByText(t('lane.outbox'), { exact: true }).waitFor();
    });

    test('sees the storage in use', async () => {
      await tab('space');
      await eventually('it says what is free, as it was measured last', async () => {
        const { freeBytes, diskBytes } = await (await here.page.request.get('/api/admin/storage')).json();
        const said = t('storage.free', { free: sizeIn(language, freeBytes), disk: sizeIn(language, diskBytes) });
        return (await here.page.getByText(said, { exact: true }).isVisible()) || said;
      }, { withinMs: 150_000 });
      await eventually('members are listed by name', async () => (await rows().count()) === 50 || rows().count());
      // whoever was deleted a moment ago is there only until the last of theirs has been removed
      await eventually('nobody who is gone', async () => {
        await here.page.reload();
        await rows().first().waitFor();
        return !(await here.page.getByRole('table').innerText()).includes(t('admin.gone'));
      });
    });

    test('reads what was done', async () => {
      await tab('admin.audit');
      const line = here.page.getByText(t('audit.suspended', { actor: administrator.username, subject: name }));
      const more = button('admin.more');
      await eventually('the line is reached, page by page', async () => {
        if ((await line.count()) === 1) return true;
        if (await more.isVisible()) await press(more);
        return false;
      });
      await press(here.page.getByRole('group', { name: t('audit.of') }).getByText(t('space'), { exact: true }));
      await here.page.getByText(t('audit.quota-set', { actor: administrator.username, subject: name, what: sizeIn(language, 2.5e9) })).waitFor();
    });

    test('shows every tab in both languages and themes', async () => {
      for (const [scheme, chosen, label] of [
        ['light', 'en', 'light'],
        ['dark', 'ko', 'ko-dark'],
      ]) {
        await here.page.emulateMedia({ colorScheme: scheme });
        await here.page.evaluate((kept) => localStorage.setItem('picup.language', kept), chosen);
        for (const path of ['', '/work', '/storage', '/audit']) {
          await here.page.goto(`/admin${path}`);
          await here.page.locator(path === '/work' ? '.none' : 'tbody > tr').first().waitFor();
          await shot(`admin${path.replace('/', '-')}-${label}`);
        }
        await here.page.goto('/settings');
        await here.page.locator('.settings section').filter({ has: here.page.getByRole('heading', { name: wordsOf(chosen)('activity'), exact: true }) }).scrollIntoViewIfNeeded();
        await shot(`activity-${label}`);
      }
      await here.page.evaluate((kept) => localStorage.setItem('picup.language', kept), language);
    });

    test('never saw an error or a breach of the content policy', async () => {
      // Being told that there is nothing, that the account is suspended: these are refusals, which a browser logs. So is a live
      // stream too many: a page that is left by its address keeps its own until the server next writes to it.
      for (const { page, complaints } of [here, there]) {
        assert.deepEqual(complaints.filter((complaint) => !/status of (404|403)|status of 429 .*\/api\/live$/.test(complaint)), []);
        assert.deepEqual(await violationsOn(page), []);
      }
    });

    async function choose(key, who = name) {
      await press(button('admin.actions', { name: who }));
      await press(here.page.getByRole('menuitem', { name: t(key), exact: true }));
    }

    async function signInThere() {
      await there.page.goto('/sign-in');
      await there.page.getByLabel(t('username'), { exact: true }).fill(name);
      await there.page.getByLabel(t('password'), { exact: true }).fill(password);
      await press(button('signIn', {}, there.page));
    }
  });
}
