import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { becomeAdministrator } from './administrator.js';
import { eventually, followTo, inspect, launch, openPage, sizes, violationsOn } from './browser.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const crowd = 55;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test('the very first visitor is asked to create an account, which looks after the instance', async (context) => {
  const { page, context: visit } = await openPage(browser, sizes.desktop);
  const { empty } = await (await page.request.get('/api/instance')).json();
  if (!empty) return context.skip('somebody was here before');
  await page.goto('/');
  await page.getByText('The first account looks after everything here').waitFor();
  assert.equal(new URL(page.url()).pathname, '/sign-up');
  await becomeAdministrator(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Administration' }).waitFor();
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

for (const [size, options] of Object.entries(sizes)) {
  describe(`an administrator on a ${size}`, () => {
    let here, there;
    const name = `kim-${size}-${stamp}`;
    const shot = (what) => inspect(here.page, `${size}-${what}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const rows = () => here.page.getByRole('table').locator('tbody > tr');
    const tab = (tabName) => press(here.page.locator('.administration nav').getByRole('link', { name: tabName }));

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
      await followTo(here.page, 'Administration');
      await here.page.getByRole('heading', { name: 'Administration' }).waitFor();
      await there.page.goto('/admin');
      await there.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
      assert.equal(await there.page.getByRole('link', { name: 'Administration' }).count(), 0);
      await there.page.goto('/more');
      await there.page.locator('.more').getByRole('link', { name: 'Trash' }).waitFor();
      assert.equal(await there.page.getByRole('link', { name: 'Administration' }).count(), 0);
      await there.page.goto('/');
    });

    test('searches for a member and finds nobody under another name', async () => {
      await here.page.getByLabel('Search by username').fill(name.toUpperCase());
      await eventually('one member is found', async () => (await rows().count()) === 1 || rows().count());
      assert.match(await rows().first().innerText(), /Kim Minji/);
      assert.match(await rows().first().innerText(), /0 bytes of 1 TB used/);
      await here.page.getByLabel('Search by username').fill('nobody is called this');
      await here.page.getByText('No username begins with “nobody is called this”.').waitFor();
      await here.page.getByLabel('Search by username').fill(name);
      await eventually('the member is back', async () => (await rows().count()) === 1 || rows().count());
    });

    test('sets the storage limit', async () => {
      await choose('Set storage limit');
      await here.page.getByLabel('Limit in GB').fill('2.5');
      await shot('admin-quota');
      await press(here.page.getByRole('button', { name: 'Save' }));
      await here.page.getByText('0 bytes of 2.5 GB used').waitFor();
    });

    test('makes an administrator, and takes it back', async () => {
      await choose('Make administrator');
      await here.page.getByText(`${name} is an administrator now.`).waitFor();
      await there.page.goto('/admin');
      await there.page.getByRole('table').waitFor();
      await press(here.page.getByRole('button', { name: 'Undo' }));
      await eventually('the badge is gone', async () => !/Administrator/.test(await rows().first().innerText()));
      await there.page.goto('/admin');
      await there.page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    });

    test('suspends a member after asking, who is out at once', async () => {
      await choose('Suspend');
      await here.page.getByText('They are signed out at once').waitFor();
      await shot('admin-suspend');
      await press(here.page.getByRole('dialog').getByRole('button', { name: 'Suspend' }));
      await here.page.getByText(`${name} is suspended`).waitFor();
      await there.page.goto('/albums');
      await there.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
      await signInThere();
      await there.page.getByText('This account is suspended.').waitFor();
      await inspect(there.page, `${size}-suspended`);
    });

    test('lets the member back in', async () => {
      await choose('Let back in');
      await here.page.getByText(`${name} may sign in again`).waitFor();
      await signInThere();
      await there.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
    });

    test('signs a member out, who notices with the next step', async () => {
      await choose('Sign out everywhere');
      await here.page.getByText(`${name}: signed out of 1 device`).waitFor();
      await press(there.page.getByRole('link', { name: 'Albums' }));
      await there.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    });

    test('deletes an account after asking, and the row is gone', async () => {
      const leaver = `leaver-${size}-${stamp}`;
      const visit = await openPage(browser, options);
      const made = await visit.page.request.post('/api/members', { data: { username: leaver, password: 'a sentence to leave with' } });
      assert.equal(made.status(), 201);
      await visit.context.close();
      await here.page.getByLabel('Search by username').fill(leaver);
      await eventually('the one row', async () => (await rows().count()) === 1 && (await rows().first().innerText()).includes(leaver));
      await choose('Delete account', leaver);
      await here.page.getByText('for good').waitFor();
      await shot('admin-remove');
      await press(here.page.getByRole('dialog').getByRole('button', { name: 'Delete account' }));
      await here.page.getByText(`The account of ${leaver} is deleted`).waitFor();
      await eventually('no row', async () => (await rows().count()) === 0);
      await here.page.getByLabel('Search by username').fill(name);
    });

    test('pages through many members', async () => {
      await gatherCrowd(there.page);
      await here.page.getByLabel('Search by username').fill(`crowd-${stamp}`);
      await eventually('a page of fifty', async () => (await rows().count()) === 50 || rows().count());
      await press(here.page.getByRole('button', { name: 'Show more' }));
      await eventually('everybody', async () => (await rows().count()) === crowd || rows().count());
      assert.equal(await here.page.getByRole('button', { name: 'Show more' }).count(), 0);
    });

    test('sees work and that none has failed', async () => {
      await tab('Jobs and events');
      await eventually('both sides have none', async () => (await here.page.getByText('No failed work').count()) === 2);
      await here.page.getByText('News of members', { exact: true }).waitFor();
    });

    test('sees the storage in use', async () => {
      await tab('Storage');
      await here.page.getByText(/ free$/).waitFor();
      await eventually('members are listed by name', async () => (await rows().count()) === 50 || rows().count());
      // whoever was deleted a moment ago is there only until the last of theirs has been removed
      await eventually('nobody who is gone', async () => {
        await here.page.reload();
        await rows().first().waitFor();
        return !/Deleted member/.test(await here.page.getByRole('table').innerText());
      });
    });

    test('reads what was done', async () => {
      await tab('Audit log');
      const line = here.page.getByText(`root suspended ${name}`);
      const more = here.page.getByRole('button', { name: 'Show more' });
      await eventually('the line is reached, page by page', async () => {
        if ((await line.count()) === 1) return true;
        if (await more.isVisible()) await press(more);
        return false;
      });
      await press(here.page.getByText('Storage', { exact: true }).last());
      await here.page.getByText(`root set the storage limit of ${name} to 2.5 GB`).waitFor();
    });

    test('shows every tab in both languages and themes', async () => {
      for (const [scheme, language, label] of [
        ['light', 'en', 'light'],
        ['dark', 'ko', 'ko-dark'],
      ]) {
        await here.page.emulateMedia({ colorScheme: scheme });
        await here.page.evaluate((chosen) => localStorage.setItem('picup.language', chosen), language);
        for (const path of ['', '/work', '/storage', '/audit']) {
          await here.page.goto(`/admin${path}`);
          await here.page.locator(path === '/work' ? '.none' : 'tbody > tr').first().waitFor();
          await shot(`admin${path.replace('/', '-')}-${label}`);
        }
        await here.page.goto('/settings');
        await here.page.locator('.settings section').filter({ has: here.page.getByRole('heading', { name: language === 'en' ? 'Recent activity' : '최근 활동' }) }).scrollIntoViewIfNeeded();
        await shot(`activity-${label}`);
      }
      await here.page.evaluate(() => localStorage.setItem('picup.language', 'en'));
    });

    test('never saw an error or a breach of the content policy', async () => {
      // Being told that there is nothing, that the account is suspended: these are refusals, which a browser logs. So is a live
      // stream too many: a page that is left by its address keeps its own until the server next writes to it.
      for (const { page, complaints } of [here, there]) {
        assert.deepEqual(complaints.filter((complaint) => !/status of (404|403)|status of 429 .*\/api\/live$/.test(complaint)), []);
        assert.deepEqual(await violationsOn(page), []);
      }
    });

    async function choose(action, who = name) {
      await press(here.page.getByRole('button', { name: `Actions for ${who}` }));
      await press(here.page.getByRole('menuitem', { name: action, exact: true }));
    }

    async function signInThere() {
      await there.page.goto('/sign-in');
      await there.page.getByLabel('Username').fill(name);
      await there.page.getByLabel('Password').fill(password);
      await press(there.page.getByRole('button', { name: 'Sign in', exact: true }));
    }
  });
}
