import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, inspect, launch, openPage, sizes, tours, violationsOn } from './browser.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const newPassword = 'staple battery horse correct';
/** As the server calls it. */
const safari = 'Safari on iPhone';
const stamp = Date.now().toString(36);
const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`an account on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let here, there;
    const username = `jun-${size}-${language}-${stamp}`;
    const shot = (name) => inspect(here.page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = (name) => here.page.locator('section').filter({ has: here.page.getByRole('heading', { name, exact: true }) });
    const devices = () => section(t('sessions')).getByRole('listitem');

    before(async () => {
      here = await openPage(browser, options);
      there = await openPage(browser, { ...sizes.phone, locale: options.locale, userAgent: iPhone });
      const made = await here.page.request.post('/api/members', { data: { username, password, displayName: 'Jun' } });
      assert.equal(made.status(), 201);
    });
    after(() => Promise.all([here.context.close(), there.context.close()]));

    test('sees where it is signed in', async () => {
      await signInThere(password);
      await here.page.goto('/settings');
      await eventually('both devices are listed', async () => (await devices().count()) === 2 || devices().count());
      assert.ok((await devices().first().innerText()).includes(t('sessions.current')));
      assert.ok((await devices().last().innerText()).includes(safari));
      assert.equal(await devices().first().getByRole('button').count(), 0);
    });

    test('shows it in both languages and themes', async () => {
      const others = { en: 'ko', ko: 'en' };
      const names = { en: 'English', ko: '한국어' };
      let say = t;
      for (const [theme, chosen] of [['light', language], ['dark', others[language]]]) {
        await here.page.getByText(say(`theme.${theme}`), { exact: true }).click();
        await here.page.getByText(names[chosen], { exact: true }).click();
        say = wordsOf(chosen);
        await here.page.getByRole('heading', { name: say('sessions'), exact: true }).scrollIntoViewIfNeeded();
        await shot(`settings-${theme}`);
      }
      await here.page.getByText(names[language], { exact: true }).click();
      await here.page.getByText(t('theme.system'), { exact: true }).click();
    });

    test('keeps an e-mail address, and removes it', async () => {
      const address = here.page.getByLabel(t('email'), { exact: true });
      const save = () => press(here.page.locator('form').filter({ has: address }).getByRole('button', { name: t('save'), exact: true }));
      await address.fill('jun@nowhere,at all');
      await here.page.evaluate(() => document.querySelector('input[type=email]').form.setAttribute('novalidate', ''));
      await save();
      await here.page.getByText(t('email.wrong')).waitFor();
      await address.fill(' jun@example.org ');
      await save();
      await here.page.getByText(t('settings.saved')).waitFor();
      await shot('settings-email');
      await here.page.reload();
      await eventually('it is there again', async () => (await address.inputValue()) === 'jun@example.org' || address.inputValue());
      await address.fill('');
      await save();
      await here.page.getByText(t('email.removed')).waitFor();
    });

    test('goes on with the pictures when the part that knows members is down', async () => {
      // as nginx answers for a role that does not
      const away = { status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'overloaded', status: 503 }) };
      const ofMembers = (url) => /^\/api\/(members|auth|instance)(\/|$)/.test(url.pathname);
      await here.page.route(ofMembers, (route) => route.fulfill(away));
      await here.page.goto('/');
      await here.page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
      await press(here.page.getByRole('button', { name: t('account'), exact: true }));
      await here.page.getByText('Jun', { exact: true }).waitFor();
      await here.page.unroute(ofMembers);
      await here.page.goto('/settings');
      await here.page.getByRole('heading', { name: t('sessions'), exact: true }).waitFor();
      // the browser logged what was refused
      here.complaints.splice(0, here.complaints.length, ...here.complaints.filter((complaint) => !/status of 503|status of 400/.test(complaint)));
    });

    test('signs out one device, which notices with its next step', async () => {
      await press(section(t('sessions')).getByRole('button', { name: t('sessions.end', { device: safari }) }));
      await here.page.getByText(t('sessions.ended', { device: safari })).waitFor();
      assert.equal(await devices().count(), 1);
      await noticesThere();
    });

    test('signs out everywhere else and stays', async () => {
      await signInThere(password);
      await here.page.reload();
      await press(here.page.getByRole('button', { name: t('sessions.endOthers') }));
      await here.page.getByText(t('sessions.othersEnded')).waitFor();
      assert.equal(await devices().count(), 1);
      await noticesThere();
    });

    test('is told when the current password is wrong, and stays signed in', async () => {
      await changePassword('not my password', newPassword);
      await here.page.getByText(t('password.wrong')).waitFor();
      await shot('password-wrong');
      await here.page.reload();
      await here.page.getByRole('heading', { name: t('sessions'), exact: true }).waitFor();
    });

    test('changes the password, which ends the other session and not this one', async () => {
      await signInThere(password);
      await changePassword(password, newPassword);
      await here.page.getByText(t('password.changed')).waitFor();
      await eventually('only this device is left', async () => (await devices().count()) === 1 || devices().count());
      await noticesThere();
      await here.page.reload();
      await here.page.getByRole('heading', { name: t('settings'), exact: true }).waitFor();
      await signInThere(newPassword);
    });

    test('finds the way to the sign-in when somebody has been here before', async () => {
      const stranger = await openPage(browser, options);
      await stranger.page.goto('/');
      await stranger.page.getByRole('heading', { name: t('signIn.title') }).waitFor();
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
      await there.page.getByLabel(t('username'), { exact: true }).fill(username);
      await there.page.getByLabel(t('password'), { exact: true }).fill(secret);
      await there.page.getByRole('button', { name: t('signIn'), exact: true }).tap();
      await there.page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
    }

    async function noticesThere() {
      // With the next press, or by itself within some seconds, as the live stream has ended.
      const signIn = there.page.getByRole('heading', { name: t('signIn.title') });
      if (!(await signIn.isVisible())) await there.page.getByRole('link', { name: t('albums'), exact: true }).tap({ timeout: 5_000 }).catch(() => undefined);
      await signIn.waitFor();
    }

    async function changePassword(current, chosen) {
      await here.page.getByLabel(t('password.current'), { exact: true }).fill(current);
      await here.page.getByLabel(t('password.new'), { exact: true }).fill(chosen);
      await press(here.page.getByRole('button', { name: t('password.change'), exact: true }));
    }
  });
}
