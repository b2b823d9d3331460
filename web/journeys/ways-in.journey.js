import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { askForProof, baseUrl, eventually, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { justNow, languageNames } from './languages.js';
import { client, startProvider } from './provider.js';
import { wordsOf } from './words.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const providerPort = process.env.OPENID_PORT;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const { size, language, options } of tours) {
  describe(`ways in on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let page, context, complaints, devtools, authenticator, device;
    const username = `sora-${size}-${language}-${stamp}`;
    const shot = (name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const button = (key, values, on = page) => on.getByRole('button', { name: t(key, values), exact: true });
    const section = (key, on = page) => on.locator('section').filter({ has: on.getByRole('heading', { name: t(key), exact: true }) });
    const passkeys = () => section('passkeys').getByRole('listitem');

    before(async () => {
      ({ page, context, complaints } = await openPage(browser, options));
      devtools = await context.newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      authenticator = await addAuthenticator();
      const made = await page.request.post('/api/members', { data: { username, password, displayName: 'Sora' } });
      assert.equal(made.status(), 201);
    });
    after(() => context.close());

    test('adds a passkey', async () => {
      await page.goto('/settings');
      await press(button('passkey.add'));
      await page.getByText(t('passkey.added')).waitFor();
      await eventually('the passkey is listed', async () => (await passkeys().count()) === 1 || passkeys().count());
      const said = await passkeys().innerText();
      // as the server calls it
      [device] = /Chrome on (Linux|Android)/.exec(said) ?? [];
      assert.ok(device && said.slice(said.indexOf(device)).includes(t('passkey.unused')), said);
    });

    test('is told that this device has one already', async () => {
      await press(button('passkey.add'));
      await page.getByText(t('problem.passkey-known')).waitFor();
      assert.equal(await passkeys().count(), 1);
    });

    test('gives it a name', async () => {
      await press(button('passkey.rename', { name: device }, passkeys()));
      await page.getByRole('dialog').getByLabel(t('album.name'), { exact: true }).fill('Kitchen tablet');
      await press(button('save', {}, page.getByRole('dialog')));
      await passkeys().getByText('Kitchen tablet').waitFor();
    });

    test('signs in with it and types nothing', async () => {
      await signOut();
      await shot('sign-in-ways');
      await presence(true);
      await press(button('passkey.signIn'));
      await button('account').waitFor();
      await page.goto('/settings');
      await passkeys().getByText(t('passkey.used', { when: justNow(language) })).waitFor();
    });

    test('is offered it among the stored passwords', async () => {
      await signOut();
      // The virtual authenticator takes what is offered, as a person would with a tap on it.
      await presence(true);
      await page.reload();
      await button('account').waitFor();
    });

    test('is refused a passkey that was removed, and still has the password', async () => {
      await page.goto('/settings');
      await press(button('passkey.remove', { name: 'Kitchen tablet' }, passkeys()));
      await page.getByText(t('passkey.removed', { name: 'Kitchen tablet' })).waitFor();
      assert.equal(await passkeys().count(), 0);
      await signOut();
      await presence(true);
      await press(button('passkey.signIn'));
      await page.getByText(t('problem.passkey-refused')).waitFor();
      await shot('passkey-refused');
      await signIn();
    });

    test('shows it in both languages and themes', async () => {
      await page.goto('/settings');
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator });
      authenticator = await addAuthenticator();
      await press(button('passkey.add'));
      await page.getByText(t('passkey.added')).waitFor();
      let say = t;
      for (const [theme, chosen, name] of [
        ['light', 'en', 'settings-passkeys'],
        ['dark', 'ko', 'settings-passkeys-ko-dark'],
      ]) {
        await page.getByText(say(`theme.${theme}`), { exact: true }).click();
        await page.getByText(languageNames[chosen], { exact: true }).click();
        say = wordsOf(chosen);
        await page.getByRole('heading', { name: say('passkeys'), exact: true }).evaluate((title) => title.scrollIntoView({ block: 'nearest' }));
        await shot(name);
      }
      await page.getByText(languageNames[language], { exact: true }).click();
      await page.getByText(t('theme.system'), { exact: true }).click();
    });

    test('never saw an error or a breach of the content policy', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });

    describe('with an account elsewhere', { skip: !providerPort && 'no OPENID_PORT: the server knows no provider' }, () => {
      let provider;
      const elsewhere = `nari-${size}-${language}-${stamp}`;
      const account = t('account.named', { name: elsewhere, provider: client.name });
      /** The provider's own pages ask for a font of the wide world. */
      const ours = (complaint) => !complaint.includes('fonts.googleapis.com');
      const linked = () => section('accounts').getByRole('listitem');
      before(async () => (provider = await startProvider(providerPort, baseUrl)));
      after(() => provider.stop());

      test('links it, and comes back to the settings', async () => {
        await press(button('account.link', { provider: client.name }));
        await signInElsewhere(elsewhere);
        await page.waitForURL('**/settings');
        await eventually('the account is listed', async () => (await linked().count()) === 1 || linked().count());
        assert.ok((await linked().innerText()).includes(account), await linked().innerText());
        await section('accounts').evaluate((box) => box.scrollIntoView({ block: 'nearest' }));
        await shot('settings-accounts');
      });

      test('signs in by it, and comes back to the page that was asked for', async () => {
        await signOut();
        await page.goto('/albums');
        await press(button('account.signIn', { provider: client.name }));
        await page.getByRole('heading', { name: t('albums'), exact: true }).waitFor();
        assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/albums');
        const { username: who } = await (await page.request.get('/api/members/me')).json();
        assert.equal(who, username);
      });

      test('unlinks it', async () => {
        await page.goto('/settings');
        await press(button('account.unlink', { name: account }, linked()));
        await page.getByText(t('account.unlinked', { name: account })).waitFor();
        await eventually('none is listed', async () => (await linked().count()) === 0 || linked().count());
      });

      test('signs up by it', async () => {
        const newcomer = await arrive(`byul-${size}-${language}-${stamp}`);
        assert.equal(newcomer.page.url(), `${baseUrl}/`);
        assert.deepEqual(newcomer.complaints.filter(ours), []);
        await newcomer.context.close();
      });

      test('chooses a first password, where there was none', async () => {
        const newcomer = await arrive(`dal-${size}-${language}-${stamp}`);
        await newcomer.page.goto('/settings');
        await newcomer.page.getByText(t('password.none')).waitFor();
        for (const [chosen, name] of [
          ['ko', 'first-password-ko'],
          ['en', 'first-password'],
        ]) {
          await newcomer.page.getByText(languageNames[chosen], { exact: true }).click();
          await newcomer.page.getByRole('heading', { name: wordsOf(chosen)('password.choose'), exact: true }).scrollIntoViewIfNeeded();
          await inspect(newcomer.page, `${size}-${language}-${name}`);
        }
        await newcomer.page.getByText(languageNames[language], { exact: true }).click();
        await newcomer.page.getByLabel(t('password.new'), { exact: true }).fill(password);
        await press(button('password.choose', {}, newcomer.page));
        await newcomer.page.getByText(t('password.chosen')).waitFor();
        await newcomer.page.getByLabel(t('password.current'), { exact: true }).waitFor();
        const { username: who } = await (await newcomer.page.request.get('/api/members/me')).json();
        assert.equal((await newcomer.page.request.post('/api/auth/sessions', { data: { username: who, password } })).status(), 201);
        assert.deepEqual(newcomer.complaints.filter(ours), []);
        await newcomer.context.close();
      });

      test('leaves without a password, after signing in again', async () => {
        const newcomer = await arrive(`haru-${size}-${language}-${stamp}`);
        const dialog = newcomer.page.getByRole('dialog', { name: t('leave.title'), exact: true });
        const leave = async () => {
          await press(button('leave', {}, section('data', newcomer.page)));
          await dialog.getByText(t('leave.final')).waitFor();
          assert.equal(await dialog.getByLabel(t('leave.password')).count(), 0);
          await press(button('leave', {}, dialog));
        };
        await newcomer.page.goto('/settings');
        await newcomer.page.getByText(t('password.none')).waitFor();
        await askForProof(newcomer.page, 'DELETE', '/api/members/me');
        await leave();
        const proof = newcomer.page.getByRole('dialog', { name: t('proof.title'), exact: true });
        await proof.getByText(t('proof.again')).waitFor();
        await inspect(newcomer.page, `${size}-${language}-leave-proof`);
        await press(button('signOut', {}, proof));
        await press(button('account.signIn', { provider: client.name }, newcomer.page));
        await newcomer.page.waitForURL('**/settings');
        await newcomer.page.getByText(t('password.none')).waitFor();
        await leave();
        await newcomer.page.getByRole('heading', { name: t('goodbye.title'), exact: true }).waitFor();
        assert.equal((await newcomer.page.request.get('/api/members/me')).status(), 401);
        // the refusal that asks for the proof
        assert.deepEqual(newcomer.complaints.filter(ours).filter((complaint) => !/status of 403/.test(complaint)), []);
        await newcomer.context.close();
      });

      /** Somebody who comes by the provider for the first time. */
      async function arrive(name) {
        const newcomer = await openPage(browser, options);
        await newcomer.page.goto('/sign-up');
        await press(button('account.signIn', { provider: client.name }, newcomer.page));
        await signInElsewhere(name, newcomer.page);
        await newcomer.page.getByRole('heading', { name: t('timeline.empty.title'), exact: true }).waitFor();
        return newcomer;
      }

      test('comes back with a clear word when the provider does not confirm', async () => {
        const stranger = await openPage(browser, options);
        await stranger.page.goto('/sign-in');
        await press(button('account.signIn', { provider: client.name }, stranger.page));
        await stranger.page.getByRole('link', { name: /cancel/i }).click();
        await stranger.page.getByText(t('problem.provider-refused')).waitFor();
        assert.equal(new URL(stranger.page.url()).search, '');
        await inspect(stranger.page, `${size}-${language}-provider-refused`);
        assert.deepEqual(stranger.complaints.filter(ours), []);
        await stranger.context.close();
      });
    });

    async function addAuthenticator() {
      const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      });
      return authenticatorId;
    }

    /** Whether somebody is there to touch the authenticator. */
    const presence = (enabled) => devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: authenticator, enabled });

    /** Nobody touches it meanwhile, or the sign-in page would be left before it was seen. */
    async function signOut() {
      await presence(false);
      await page.goto('/settings');
      await press(button('signOut', {}, page.getByRole('main')));
      await page.getByRole('heading', { name: t('signIn.title'), exact: true }).waitFor();
    }

    async function signIn() {
      await page.getByLabel(t('username'), { exact: true }).fill(username);
      await page.getByLabel(t('password'), { exact: true }).fill(password);
      await press(button('signIn'));
      await button('account').waitFor();
    }

    async function signInElsewhere(name, on = page) {
      await on.locator('input[name=login]').fill(name);
      await on.locator('input[name=password]').fill('any');
      await on.locator('button[type=submit]').click();
      await on.locator('button[type=submit]').click(); // agrees that Picup may know the name
    }
  });
}
