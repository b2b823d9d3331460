import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, sizes, violationsOn } from './browser.js';

const password = 'correct horse battery staple';
const newPassword = 'staple battery horse correct';
const stamp = Date.now().toString(36);
const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [size, options] of Object.entries(sizes)) {
  describe(`an account on a ${size}`, () => {
    let here, there;
    const username = `jun-${size}-${stamp}`;
    const shot = (name) => inspect(here.page, `${size}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = (name) => here.page.locator('section').filter({ has: here.page.getByRole('heading', { name }) });
    const devices = () => section('Where you are signed in').getByRole('listitem');

    before(async () => {
      here = await openPage(browser, options);
      there = await openPage(browser, { ...sizes.phone, userAgent: iPhone });
      const made = await here.page.request.post('/api/members', { data: { username, password, displayName: 'Jun' } });
      assert.equal(made.status(), 201);
    });
    after(() => Promise.all([here.context.close(), there.context.close()]));

    test('sees where it is signed in', async () => {
      await signInThere(password);
      await here.page.goto('/settings');
      await eventually('both devices are listed', async () => (await devices().count()) === 2 || devices().count());
      assert.match(await devices().first().innerText(), /This device/);
      assert.match(await devices().last().innerText(), /Safari on iPhone/);
      assert.equal(await devices().first().getByRole('button').count(), 0);
    });

    test('shows it in both languages and themes', async () => {
      for (const [theme, language, heading, name] of [
        ['Light', 'English', 'Where you are signed in', 'settings-light'],
        ['Dark', '한국어', '로그인된 기기', 'settings-sessions-ko-dark'],
      ]) {
        await here.page.getByText(theme, { exact: true }).click();
        await here.page.getByText(language, { exact: true }).click();
        await here.page.getByRole('heading', { name: heading }).scrollIntoViewIfNeeded();
        await shot(name);
      }
      await here.page.getByText('English', { exact: true }).click();
      await here.page.getByText('System', { exact: true }).click();
    });

    test('keeps an e-mail address, and removes it', async () => {
      const address = here.page.getByLabel('E-mail address');
      const save = () => press(here.page.locator('form').filter({ has: address }).getByRole('button', { name: 'Save' }));
      await address.fill('jun@nowhere,at all');
      await here.page.evaluate(() => document.querySelector('input[type=email]').form.setAttribute('novalidate', ''));
      await save();
      await here.page.getByText('An e-mail address looks like name@example.org.').waitFor();
      await address.fill(' jun@example.org ');
      await save();
      await here.page.getByText('Saved').waitFor();
      await shot('settings-email');
      await here.page.reload();
      await eventually('it is there again', async () => (await address.inputValue()) === 'jun@example.org' || address.inputValue());
      await address.fill('');
      await save();
      await here.page.getByText('Your e-mail address is removed').waitFor();
    });

    test('goes on with the pictures when the part that knows members is down', async () => {
      // as nginx answers for a role that does not
      const away = { status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'overloaded', status: 503 }) };
      const ofMembers = (url) => /^\/api\/(members|auth|instance)(\/|$)/.test(url.pathname);
      await here.page.route(ofMembers, (route) => route.fulfill(away));
      await here.page.goto('/');
      await here.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
      await press(here.page.getByRole('button', { name: 'Account' }));
      await here.page.getByText('Jun', { exact: true }).waitFor();
      await here.page.unroute(ofMembers);
      await here.page.goto('/settings');
      await here.page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
      // the browser logged what was refused
      here.complaints.splice(0, here.complaints.length, ...here.complaints.filter((complaint) => !/status of 503|status of 400/.test(complaint)));
    });

    test('signs out one device, which notices with its next step', async () => {
      await press(section('Where you are signed in').getByRole('button', { name: 'Sign out Safari on iPhone' }));
      await here.page.getByText('Safari on iPhone is signed out').waitFor();
      assert.equal(await devices().count(), 1);
      await noticesThere();
    });

    test('signs out everywhere else and stays', async () => {
      await signInThere(password);
      await here.page.reload();
      await press(here.page.getByRole('button', { name: 'Sign out everywhere else' }));
      await here.page.getByText('You are signed out everywhere else.').waitFor();
      assert.equal(await devices().count(), 1);
      await noticesThere();
    });

    test('is told when the current password is wrong, and stays signed in', async () => {
      await changePassword('not my password', newPassword);
      await here.page.getByText('This is not your current password.').waitFor();
      await shot('password-wrong');
      await here.page.reload();
      await here.page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    });

    test('changes the password, which ends the other session and not this one', async () => {
      await signInThere(password);
      await changePassword(password, newPassword);
      await here.page.getByText('Password changed.').waitFor();
      await eventually('only this device is left', async () => (await devices().count()) === 1 || devices().count());
      await noticesThere();
      await here.page.reload();
      await here.page.getByRole('heading', { name: 'Settings' }).waitFor();
      await signInThere(newPassword);
    });

    test('finds the way to the sign-in when somebody has been here before', async () => {
      const stranger = await openPage(browser, options);
      await stranger.page.goto('/');
      await stranger.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
      assert.equal(new URL(stranger.page.url()).pathname, '/sign-in');
      assert.deepEqual(stranger.complaints, []);
      await stranger.context.close();
    });

    test('never saw an error or a breach of the content policy', async () => {
      for (const { page, complaints } of [here, there]) {
        assert.deepEqual(complaints, []);
        assert.deepEqual(await violationsOn(page), []);
      }
    });

    async function signInThere(secret) {
      await there.page.goto('/sign-in');
      await there.page.getByLabel('Username').fill(username);
      await there.page.getByLabel('Password').fill(secret);
      await there.page.getByRole('button', { name: 'Sign in', exact: true }).tap();
      await there.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
    }

    async function noticesThere() {
      await there.page.getByRole('link', { name: 'Albums' }).tap();
      await there.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    }

    async function changePassword(current, chosen) {
      await here.page.getByLabel('Current password').fill(current);
      await here.page.getByLabel('New password').fill(chosen);
      await press(here.page.getByRole('button', { name: 'Change password' }));
    }
  });
}
