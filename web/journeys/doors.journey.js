import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { askForProof, baseUrl, inspect, launch, openPage, sizes, violationsOn } from './browser.js';

// The instance is empty at first and takes nobody uninvited, as it comes.
const password = 'correct horse battery staple';

let browser;
before(async () => {
  browser = await launch();
  const founded = await fetch(`${baseUrl}/api/members`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'founder', password, displayName: 'Sora' }),
  });
  assert.equal(founded.status, 201);
});
after(() => browser.close());

/** What an authenticator app shows (RFC 6238), some periods of thirty seconds ahead. */
function codeOf(secret, ahead = 0) {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

for (const [size, options] of Object.entries(sizes)) {
  describe(`the doors on a ${size}`, () => {
    let host, guest, link, key, secret, recoveryCode;
    const username = `haneul-${size}`;
    const addresses = [];
    const shot = ({ page }, name) => inspect(page, `${size}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const section = ({ page }, name) => page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
    const button = ({ page }, name) => page.getByRole('button', { name, exact: true });

    before(async () => {
      host = await openPage(browser, options);
      guest = await openPage(browser, options);
      guest.page.on('request', (request) => addresses.push(request.url().split('#')[0]));
      assert.equal((await host.page.request.post('/api/auth/sessions', { data: { username: 'founder', password } })).status(), 201);
    });
    after(() => Promise.all([host.context.close(), guest.context.close()]));

    test('tell a stranger what it takes to come in', async () => {
      await guest.page.goto('/sign-up');
      await guest.page.getByRole('heading', { name: 'By invitation' }).waitFor();
      assert.equal(await guest.page.getByLabel('Password').count(), 0);
      await shot(guest, 'by-invitation');
    });

    test('let an administrator invite somebody by a link', async () => {
      await host.page.goto('/admin');
      const invitations = section(host, 'Invitations');
      await invitations.getByLabel('For whom?').fill(`Haneul, ${size}`);
      await press(invitations.getByRole('button', { name: 'Invite' }));
      link = await invitations.getByLabel('Invitation link').inputValue();
      assert.match(link, /\/invitation#[A-Za-z0-9_-]{43}$/);
      await invitations.getByText(`Haneul, ${size}`).waitFor();
      await invitations.scrollIntoViewIfNeeded();
      await shot(host, 'invitations');
    });

    test('open to the invited person, with a password that is not the first to be guessed', async () => {
      await guest.page.goto(link);
      await guest.page.getByText('You are invited.').waitFor();
      await guest.page.getByLabel('Your name').fill('Haneul');
      await guest.page.getByLabel('Username').fill(username);
      await guest.page.getByLabel('Password').fill('1234567890');
      await press(button(guest, 'Create account'));
      await guest.page.getByText('Guessers try this password first').waitFor();
      await shot(guest, 'invited');
      await guest.page.getByLabel('Password').fill(password);
      await press(button(guest, 'Create account'));
      await guest.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
      assert.equal(guest.page.url(), `${baseUrl}/`);
      assert.deepEqual(addresses.filter((address) => address.includes(link.split('#')[1])), []);
    });

    test('close behind that person', async () => {
      const late = await openPage(browser, options);
      await late.page.goto(link);
      await late.page.getByLabel('Username').fill('somebody-else');
      await late.page.getByLabel('Password').fill(password);
      await press(button(late, 'Create account'));
      await late.page.getByText('This invitation was used').waitFor();
      await late.context.close();
      await host.page.reload();
      await section(host, 'Invitations').getByText(`Used by ${username}`).waitFor();
    });

    test('show the guest no invitations', async () => {
      await guest.page.goto('/settings');
      await guest.page.getByRole('heading', { name: 'API keys' }).waitFor();
      assert.equal(await section(guest, 'Invitations').count(), 0);
    });

    test('open to a program as far as its key says', async () => {
      await press(button(guest, 'New key'));
      await guest.page.getByLabel('Which program?').fill('Picture frame');
      await shot(guest, 'new-key');
      // the guest was away for longer than a session is trusted with this
      await askForProof(guest.page, 'POST', '/api/auth/api-keys');
      await press(button(guest, 'Create key'));
      const proof = guest.page.getByRole('dialog', { name: 'Is it you?' });
      await proof.getByLabel('Password').fill('not my password');
      await press(proof.getByRole('button', { name: 'Confirm' }));
      await proof.getByText('This is not your current password.').waitFor();
      await shot(guest, 'key-proof');
      await proof.getByLabel('Password').fill(password);
      await press(proof.getByRole('button', { name: 'Confirm' }));
      key = await guest.page.getByLabel('API key').inputValue();
      await shot(guest, 'key-made');
      await press(button(guest, 'Done'));
      const call = (path) => fetch(baseUrl + path, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);
      assert.equal(await call('/api/pictures'), 200);
      assert.equal(await call('/api/albums'), 403);
      await guest.page.reload();
      await section(guest, 'API keys').getByText('Last used').waitFor();
      await section(guest, 'API keys').scrollIntoViewIfNeeded();
      await shot(guest, 'keys');
      await press(button(guest, 'Revoke Picture frame'));
      await guest.page.getByText('Picture frame is shut out.').waitFor();
      assert.equal(await call('/api/pictures'), 401);
    });

    test('get a second lock', async () => {
      await press(button(guest, 'Set up an app'));
      await guest.page.getByRole('dialog').getByLabel('Current password').fill('not my password');
      await press(button(guest, 'Continue'));
      await guest.page.getByText('This is not your current password.').waitFor();
      await guest.page.getByRole('dialog').getByLabel('Current password').fill(password);
      await press(button(guest, 'Continue'));
      secret = await guest.page.getByLabel('Or type this into the app').inputValue();
      await guest.page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
      await shot(guest, 'second-factor-scan');
      await guest.page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
      await press(button(guest, 'Turn on'));
      await guest.page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
      recoveryCode = await guest.page.getByRole('dialog').getByRole('listitem').first().innerText();
      await shot(guest, 'recovery-codes');
      await press(button(guest, 'I have kept them'));
      await guest.page.getByText('10 recovery codes left').waitFor();
    });

    test('ask for the code after the password', async () => {
      await signOut();
      await enterPassword();
      await guest.page.getByRole('heading', { name: 'One more step' }).waitFor();
      await guest.page.getByLabel('Code').fill(codeOf(secret, 5));
      await press(button(guest, 'Sign in'));
      await guest.page.getByText('This code is not right').waitFor();
      await shot(guest, 'code-step');
      // the next one, as the one that confirmed the app is used up
      await guest.page.getByLabel('Code').fill(codeOf(secret, 1));
      await press(button(guest, 'Sign in'));
      await guest.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
    });

    test('open to a recovery code when the phone is gone, and have one lock again', async () => {
      await signOut();
      await enterPassword();
      await press(button(guest, 'Use a recovery code'));
      await guest.page.getByLabel('Recovery code').fill(recoveryCode.toUpperCase());
      await press(button(guest, 'Sign in'));
      await guest.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
      await guest.page.goto('/settings');
      await guest.page.getByText('9 recovery codes left').waitFor();
      await press(button(guest, 'Turn off'));
      await guest.page.getByRole('dialog').getByLabel('Current password').fill(password);
      await press(guest.page.getByRole('dialog').getByRole('button', { name: 'Turn off' }));
      await guest.page.getByText('Two-step sign-in is off.').waitFor();
      await signOut();
      await enterPassword();
      await guest.page.getByRole('heading', { name: 'Your timeline starts here' }).waitFor();
    });

    test('have one lock again when an administrator has reset the second', async () => {
      await guest.page.goto('/settings');
      await press(button(guest, 'Set up an app'));
      await guest.page.getByRole('dialog').getByLabel('Current password').fill(password);
      await press(button(guest, 'Continue'));
      const another = await guest.page.getByLabel('Or type this into the app').inputValue();
      await guest.page.getByLabel('Code', { exact: true }).fill(codeOf(another));
      await press(button(guest, 'Turn on'));
      await guest.page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();

      await host.page.goto('/admin');
      await press(button(host, `Actions for ${username}`));
      await press(host.page.getByRole('menuitem', { name: 'Reset two-step sign-in', exact: true }));
      await host.page.getByText('Every device is signed out.').waitFor();
      await shot(host, 'admin-reset-factor');
      await press(host.page.getByRole('dialog').getByRole('button', { name: 'Reset two-step sign-in' }));
      await host.page.getByText(`${username} signs in by the password alone now`).waitFor();
      await press(button(host, `Actions for ${username}`));
      assert.equal(await host.page.getByRole('menuitem', { name: 'Reset two-step sign-in' }).count(), 0);
      await host.page.keyboard.press('Escape');

      await guest.page.goto('/settings');
      await guest.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
      await enterPassword();
      await section(guest, 'Recent activity').getByText('Two-step sign-in was reset for you.').first().waitFor();
      await button(guest, 'Set up an app').waitFor();
    });

    test('look right in both languages and themes', async () => {
      await host.page.goto('/settings');
      await press(host.page.getByText('Dark', { exact: true }));
      await press(host.page.getByText('한국어', { exact: true }));
      for (const [heading, name] of [
        ['2단계 로그인', 'second-factor-ko-dark'],
        ['API 키', 'keys-ko-dark'],
      ]) {
        await host.page.getByRole('heading', { name: heading, exact: true }).scrollIntoViewIfNeeded();
        await shot(host, name);
      }
      await press(host.page.getByText('English', { exact: true }));
      await press(host.page.getByText('System', { exact: true }));
    });

    test('never made a page complain', async () => {
      for (const { page, complaints } of [host, guest]) {
        // what was refused on purpose: the password that everybody guesses, and the key before the proof
        assert.deepEqual(complaints.filter((complaint) => !/status of (400|403)/.test(complaint)), []);
        assert.deepEqual(await violationsOn(page), []);
      }
    });

    async function signOut() {
      await guest.page.goto('/settings');
      await press(button(guest, 'Sign out'));
      await guest.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    }

    async function enterPassword() {
      await guest.page.getByLabel('Username').fill(username);
      await guest.page.getByLabel('Password').fill(password);
      await press(button(guest, 'Sign in'));
    }
  });
}
