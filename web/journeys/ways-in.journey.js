import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { askForProof, baseUrl, eventually, inspect, launch, openPage, sizes, violationsOn } from './browser.js';
import { client, startProvider } from './provider.js';

const password = 'correct horse battery staple';
const stamp = Date.now().toString(36);
const providerPort = process.env.OPENID_PORT;

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const [size, options] of Object.entries(sizes)) {
  describe(`ways in on a ${size}`, () => {
    let page, context, complaints, devtools, authenticator;
    const username = `sora-${size}-${stamp}`;
    const shot = (name) => inspect(page, `${size}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = (name) => page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
    const passkeys = () => section('Passkeys').getByRole('listitem');

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
      await press(page.getByRole('button', { name: 'Add a passkey' }));
      await page.getByText('Passkey added.').waitFor();
      await eventually('the passkey is listed', async () => (await passkeys().count()) === 1 || passkeys().count());
      assert.match(await passkeys().innerText(), /Chrome on (Linux|Android)[^]*Not used yet/);
    });

    test('is told that this device has one already', async () => {
      await press(page.getByRole('button', { name: 'Add a passkey' }));
      await page.getByText('This device has a passkey for your account already.').waitFor();
      assert.equal(await passkeys().count(), 1);
    });

    test('gives it a name', async () => {
      await press(passkeys().getByRole('button', { name: /^Rename/ }));
      await page.getByRole('dialog').getByLabel('Name').fill('Kitchen tablet');
      await press(page.getByRole('dialog').getByRole('button', { name: 'Save' }));
      await passkeys().getByText('Kitchen tablet').waitFor();
    });

    test('signs in with it and types nothing', async () => {
      await signOut();
      await shot('sign-in-ways');
      await presence(true);
      await press(page.getByRole('button', { name: 'Sign in with a passkey' }));
      await page.getByRole('button', { name: 'Account' }).waitFor();
      await page.goto('/settings');
      await passkeys().getByText(/Last used/).waitFor();
    });

    test('is offered it among the stored passwords', async () => {
      await signOut();
      // The virtual authenticator takes what is offered, as a person would with a tap on it.
      await presence(true);
      await page.reload();
      await page.getByRole('button', { name: 'Account' }).waitFor();
    });

    test('is refused a passkey that was removed, and still has the password', async () => {
      await page.goto('/settings');
      await press(passkeys().getByRole('button', { name: 'Remove Kitchen tablet' }));
      await page.getByText('Kitchen tablet opens nothing any more').waitFor();
      assert.equal(await passkeys().count(), 0);
      await signOut();
      await presence(true);
      await press(page.getByRole('button', { name: 'Sign in with a passkey' }));
      await page.getByText('Picup does not know this passkey').waitFor();
      await shot('passkey-refused');
      await signIn();
    });

    test('shows it in both languages and themes', async () => {
      await page.goto('/settings');
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator });
      authenticator = await addAuthenticator();
      await press(page.getByRole('button', { name: 'Add a passkey' }));
      await page.getByText('Passkey added.').waitFor();
      for (const [theme, language, heading, name] of [
        ['Light', 'English', 'Passkeys', 'settings-passkeys'],
        ['Dark', '한국어', '패스키', 'settings-passkeys-ko-dark'],
      ]) {
        await page.getByText(theme, { exact: true }).click();
        await page.getByText(language, { exact: true }).click();
        await page.getByRole('heading', { name: heading, exact: true }).evaluate((title) => title.scrollIntoView({ block: 'nearest' }));
        await shot(name);
      }
      await page.getByText('English', { exact: true }).click();
      await page.getByText('System', { exact: true }).click();
    });

    test('never saw an error or a breach of the content policy', async () => {
      assert.deepEqual(complaints, []);
      assert.deepEqual(await violationsOn(page), []);
    });

    describe('with an account elsewhere', { skip: !providerPort && 'no OPENID_PORT: the server knows no provider' }, () => {
      let provider;
      const elsewhere = `nari-${size}-${stamp}`;
      /** The provider's own pages ask for a font of the wide world. */
      const ours = (complaint) => !complaint.includes('fonts.googleapis.com');
      const linked = () => section('Accounts elsewhere').getByRole('listitem');
      before(async () => (provider = await startProvider(providerPort, baseUrl)));
      after(() => provider.stop());

      test('links it, and comes back to the settings', async () => {
        await press(page.getByRole('button', { name: `Link ${client.name}` }));
        await signInElsewhere(elsewhere);
        await page.waitForURL('**/settings');
        await eventually('the account is listed', async () => (await linked().count()) === 1 || linked().count());
        assert.match(await linked().innerText(), new RegExp(`${elsewhere} at ${client.name}`));
        await section('Accounts elsewhere').evaluate((box) => box.scrollIntoView({ block: 'nearest' }));
        await shot('settings-accounts');
      });

      test('signs in by it, and comes back to the page that was asked for', async () => {
        await signOut();
        await page.goto('/albums');
        await press(page.getByRole('button', { name: `Continue with ${client.name}` }));
        await page.getByRole('heading', { name: 'Albums', exact: true }).waitFor();
        assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/albums');
        const { username: who } = await (await page.request.get('/api/members/me')).json();
        assert.equal(who, username);
      });

      test('unlinks it', async () => {
        await page.goto('/settings');
        await press(linked().getByRole('button', { name: /^Unlink/ }));
        await page.getByText(/opens nothing here any more/).waitFor();
        await eventually('none is listed', async () => (await linked().count()) === 0 || linked().count());
      });

      test('signs up by it', async () => {
        const newcomer = await arrive(`byul-${size}-${stamp}`);
        assert.equal(newcomer.page.url(), `${baseUrl}/`);
        assert.deepEqual(newcomer.complaints.filter(ours), []);
        await newcomer.context.close();
      });

      test('chooses a first password, where there was none', async () => {
        const newcomer = await arrive(`dal-${size}-${stamp}`);
        await newcomer.page.goto('/settings');
        await newcomer.page.getByText('You have no password yet.').waitFor();
        await newcomer.page.getByText('한국어', { exact: true }).click();
        await newcomer.page.getByRole('heading', { name: '비밀번호 만들기' }).scrollIntoViewIfNeeded();
        await inspect(newcomer.page, `${size}-first-password-ko`);
        await newcomer.page.getByText('English', { exact: true }).click();
        await inspect(newcomer.page, `${size}-first-password`);
        await newcomer.page.getByLabel('New password').fill(password);
        await press(newcomer.page.getByRole('button', { name: 'Choose a password' }));
        await newcomer.page.getByText('You can sign in by your password now.').waitFor();
        await newcomer.page.getByLabel('Current password').waitFor();
        const { username: who } = await (await newcomer.page.request.get('/api/members/me')).json();
        assert.equal((await newcomer.page.request.post('/api/auth/sessions', { data: { username: who, password } })).status(), 201);
        assert.deepEqual(newcomer.complaints.filter(ours), []);
        await newcomer.context.close();
      });

      test('leaves without a password, after signing in again', async () => {
        const newcomer = await arrive(`haru-${size}-${stamp}`);
        const dialog = newcomer.page.getByRole('dialog', { name: 'Delete your account?' });
        const leave = async () => {
          await press(newcomer.page.locator('section').filter({ has: newcomer.page.getByRole('heading', { name: 'Your data' }) }).getByRole('button', { name: 'Delete account' }));
          await dialog.getByText('Nobody can bring anything back').waitFor();
          assert.equal(await dialog.getByLabel('Your password').count(), 0);
          await press(dialog.getByRole('button', { name: 'Delete account' }));
        };
        await newcomer.page.goto('/settings');
        await newcomer.page.getByText('You have no password yet.').waitFor();
        await askForProof(newcomer.page, 'DELETE', '/api/members/me');
        await leave();
        const proof = newcomer.page.getByRole('dialog', { name: 'Is it you?' });
        await proof.getByText('Sign in again to go on.').waitFor();
        await inspect(newcomer.page, `${size}-leave-proof`);
        await press(proof.getByRole('button', { name: 'Sign out' }));
        await press(newcomer.page.getByRole('button', { name: `Continue with ${client.name}` }));
        await newcomer.page.waitForURL('**/settings');
        await newcomer.page.getByText('You have no password yet.').waitFor();
        await leave();
        await newcomer.page.getByRole('heading', { name: 'Goodbye' }).waitFor();
        assert.equal((await newcomer.page.request.get('/api/members/me')).status(), 401);
        // the refusal that asks for the proof
        assert.deepEqual(newcomer.complaints.filter(ours).filter((complaint) => !/status of 403/.test(complaint)), []);
        await newcomer.context.close();
      });

      /** Somebody who comes by the provider for the first time. */
      async function arrive(name) {
        const newcomer = await openPage(browser, options);
        await newcomer.page.goto('/sign-up');
        await press(newcomer.page.getByRole('button', { name: `Continue with ${client.name}` }));
        await signInElsewhere(name, newcomer.page);
        await newcomer.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
        return newcomer;
      }

      test('comes back with a clear word when the provider does not confirm', async () => {
        const stranger = await openPage(browser, options);
        await stranger.page.goto('/sign-in');
        await press(stranger.page.getByRole('button', { name: `Continue with ${client.name}` }));
        await stranger.page.getByRole('link', { name: /cancel/i }).click();
        await stranger.page.getByText('The other service did not confirm that it is you.').waitFor();
        assert.equal(new URL(stranger.page.url()).search, '');
        await inspect(stranger.page, `${size}-provider-refused`);
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
      await press(page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }));
      await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    }

    async function signIn() {
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(password);
      await press(page.getByRole('button', { name: 'Sign in', exact: true }));
      await page.getByRole('button', { name: 'Account' }).waitFor();
    }

    async function signInElsewhere(name, on = page) {
      await on.locator('input[name=login]').fill(name);
      await on.locator('input[name=password]').fill('any');
      await on.locator('button[type=submit]').click();
      await on.locator('button[type=submit]').click(); // agrees that Picup may know the name
    }
  });
}
