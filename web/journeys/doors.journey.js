import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { askForProof, baseUrl, inspect, launch, openPage, tours, violationsOn } from './browser.js';
import { dayIn, justNow, languageNames } from './languages.js';
import { wordsOf } from './words.js';

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

for (const { size, language, options } of tours) {
  describe(`the doors on a ${size} in ${language}`, () => {
    const t = wordsOf(language);
    let host, guest, link, key, secret, recoveryCode;
    const username = `haneul-${size}-${language}`;
    const addresses = [];
    const shot = ({ page }, name) => inspect(page, `${size}-${language}-${name}`);
    const press = (target) => (options.hasTouch ? target.tap() : target.click());
    const heading = ({ page }, key) => page.getByRole('heading', { name: t(key), exact: true });
    const section = ({ page }, key) => page.locator('section').filter({ has: heading({ page }, key) });
    const buttonIn = (part, key, values) => part.getByRole('button', { name: t(key, values), exact: true });
    const button = ({ page }, key, values) => buttonIn(page, key, values);
    const field = (part, key) => part.getByLabel(t(key), { exact: true });

    before(async () => {
      host = await openPage(browser, options);
      guest = await openPage(browser, options);
      guest.page.on('request', (request) => addresses.push(request.url().split('#')[0]));
      assert.equal((await host.page.request.post('/api/auth/sessions', { data: { username: 'founder', password } })).status(), 201);
    });
    after(() => Promise.all([host.context.close(), guest.context.close()]));

    test('tell a stranger what it takes to come in', async () => {
      await guest.page.goto('/sign-up');
      await heading(guest, 'signUp.byInvitation').waitFor();
      assert.equal(await guest.page.getByLabel(t('password')).count(), 0);
      await shot(guest, 'by-invitation');
    });

    test('let an administrator invite somebody by a link', async () => {
      await host.page.goto('/admin');
      const invitations = section(host, 'invitations');
      await field(invitations, 'invitations.note').fill(`Haneul, ${size}, ${language}`);
      await press(buttonIn(invitations, 'invitations.make'));
      link = await field(invitations, 'invitations.link').inputValue();
      assert.match(link, /\/invitation#[A-Za-z0-9_-]{43}$/);
      await invitations.getByText(`Haneul, ${size}, ${language}`).waitFor();
      await invitations.scrollIntoViewIfNeeded();
      await shot(host, 'invitations');
    });

    test('open to the invited person, with a password that is not the first to be guessed', async () => {
      await guest.page.goto(link);
      await guest.page.getByText(t('signUp.textInvited')).waitFor();
      await field(guest.page, 'displayName').fill('Haneul');
      await field(guest.page, 'username').fill(username);
      await field(guest.page, 'password').fill('1234567890');
      await press(button(guest, 'signUp'));
      await guest.page.getByText(t('problem.common-password')).waitFor();
      await shot(guest, 'invited');
      await field(guest.page, 'password').fill(password);
      await press(button(guest, 'signUp'));
      await heading(guest, 'timeline.empty.title').waitFor();
      assert.equal(guest.page.url(), `${baseUrl}/`);
      assert.deepEqual(addresses.filter((address) => address.includes(link.split('#')[1])), []);
    });

    test('close behind that person', async () => {
      const late = await openPage(browser, options);
      await late.page.goto(link);
      await field(late.page, 'username').fill('somebody-else');
      await field(late.page, 'password').fill(password);
      await press(button(late, 'signUp'));
      await late.page.getByText(t('problem.invitation-over')).waitFor();
      await late.context.close();
      await host.page.reload();
      const { invitations } = await (await host.page.request.get('/api/admin/invitations')).json();
      const { usedAt } = invitations.find(({ usedBy }) => usedBy === username);
      await section(host, 'invitations').getByText(t('invitations.used', { name: username, day: dayIn(language, usedAt) })).waitFor();
    });

    test('show the guest no invitations', async () => {
      await guest.page.goto('/settings');
      await heading(guest, 'keys').waitFor();
      assert.equal(await section(guest, 'invitations').count(), 0);
    });

    test('open to a program as far as its key says', async () => {
      await press(button(guest, 'keys.new'));
      await field(guest.page, 'keys.name').fill('Picture frame');
      await shot(guest, 'new-key');
      // the guest was away for longer than a session is trusted with this
      await askForProof(guest.page, 'POST', '/api/auth/api-keys');
      await press(button(guest, 'keys.make'));
      const proof = guest.page.getByRole('dialog', { name: t('proof.title'), exact: true });
      await field(proof, 'password').fill('not my password');
      await press(buttonIn(proof, 'proof.confirm'));
      await proof.getByText(t('password.wrong')).waitFor();
      await shot(guest, 'key-proof');
      await field(proof, 'password').fill(password);
      await press(buttonIn(proof, 'proof.confirm'));
      key = await field(guest.page, 'keys.key').inputValue();
      await shot(guest, 'key-made');
      await press(button(guest, 'done'));
      const call = (path) => fetch(baseUrl + path, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);
      assert.equal(await call('/api/pictures'), 200);
      assert.equal(await call('/api/albums'), 403);
      await guest.page.reload();
      await section(guest, 'keys').getByText(t('keys.used', { when: justNow(language) })).waitFor();
      await section(guest, 'keys').scrollIntoViewIfNeeded();
      await shot(guest, 'keys');
      await press(button(guest, 'keys.revokeOf', { name: 'Picture frame' }));
      await guest.page.getByText(t('keys.revoked', { name: 'Picture frame' })).waitFor();
      assert.equal(await call('/api/pictures'), 401);
    });

    test('get a second lock', async () => {
      await press(button(guest, 'factor.enrol'));
      await field(guest.page.getByRole('dialog'), 'password.current').fill('not my password');
      await press(button(guest, 'factor.continue'));
      await guest.page.getByText(t('password.wrong')).waitFor();
      await field(guest.page.getByRole('dialog'), 'password.current').fill(password);
      await press(button(guest, 'factor.continue'));
      secret = await field(guest.page, 'factor.secret').inputValue();
      await guest.page.getByRole('img', { name: t('factor.square'), exact: true }).waitFor();
      await shot(guest, 'second-factor-scan');
      await field(guest.page, 'factor.code').fill(codeOf(secret));
      await press(button(guest, 'factor.confirm'));
      await heading(guest, 'factor.codes').waitFor();
      recoveryCode = await guest.page.getByRole('dialog').getByRole('listitem').first().innerText();
      await shot(guest, 'recovery-codes');
      await press(button(guest, 'factor.codes.kept'));
      await guest.page.getByText(t('factor.left', { count: 10 })).waitFor();
    });

    test('ask for the code after the password', async () => {
      await signOut();
      await enterPassword();
      await heading(guest, 'factor.title').waitFor();
      await field(guest.page, 'factor.code').fill(codeOf(secret, 5));
      await press(button(guest, 'signIn'));
      await guest.page.getByText(t('problem.wrong-code')).waitFor();
      await shot(guest, 'code-step');
      // the next one, as the one that confirmed the app is used up
      await field(guest.page, 'factor.code').fill(codeOf(secret, 1));
      await press(button(guest, 'signIn'));
      await heading(guest, 'timeline.empty.title').waitFor();
    });

    test('open to a recovery code when the phone is gone, and have one lock again', async () => {
      await signOut();
      await enterPassword();
      await press(button(guest, 'factor.useRecovery'));
      await field(guest.page, 'factor.recoveryCode').fill(recoveryCode.toUpperCase());
      await press(button(guest, 'signIn'));
      await heading(guest, 'timeline.empty.title').waitFor();
      await guest.page.goto('/settings');
      await guest.page.getByText(t('factor.left', { count: 9 })).waitFor();
      await press(button(guest, 'factor.remove'));
      await field(guest.page.getByRole('dialog'), 'password.current').fill(password);
      await press(buttonIn(guest.page.getByRole('dialog'), 'factor.remove'));
      await guest.page.getByText(t('factor.removed')).waitFor();
      await signOut();
      await enterPassword();
      await heading(guest, 'timeline.empty.title').waitFor();
    });

    test('have one lock again when an administrator has reset the second', async () => {
      await guest.page.goto('/settings');
      await press(button(guest, 'factor.enrol'));
      await field(guest.page.getByRole('dialog'), 'password.current').fill(password);
      await press(button(guest, 'factor.continue'));
      const another = await field(guest.page, 'factor.secret').inputValue();
      await field(guest.page, 'factor.code').fill(codeOf(another));
      await press(button(guest, 'factor.confirm'));
      await heading(guest, 'factor.codes').waitFor();

      await host.page.goto('/admin');
      await press(button(host, 'admin.actions', { name: username }));
      await press(host.page.getByRole('menuitem', { name: t('admin.resetFactor'), exact: true }));
      await host.page.getByText(t('admin.resetFactor.text')).waitFor();
      await shot(host, 'admin-reset-factor');
      await press(buttonIn(host.page.getByRole('dialog'), 'admin.resetFactor'));
      await host.page.getByText(t('admin.factorReset', { name: username })).waitFor();
      await press(button(host, 'admin.actions', { name: username }));
      assert.equal(await host.page.getByRole('menuitem', { name: t('admin.resetFactor') }).count(), 0);
      await host.page.keyboard.press('Escape');

      await guest.page.goto('/settings');
      await heading(guest, 'signIn.title').waitFor();
      await enterPassword();
      await section(guest, 'activity').getByText(t('activity.second-factor-reset')).waitFor();
      await button(guest, 'factor.enrol').waitFor();
    });

    test('look right in both languages and themes', async () => {
      await host.page.goto('/settings');
      await press(host.page.getByText(t('theme.dark'), { exact: true }));
      await press(host.page.getByText(languageNames.ko, { exact: true }));
      for (const [key, name] of [
        ['factor', 'second-factor-ko-dark'],
        ['keys', 'keys-ko-dark'],
      ]) {
        await host.page.getByRole('heading', { name: wordsOf('ko')(key), exact: true }).scrollIntoViewIfNeeded();
        await shot(host, name);
      }
      await press(host.page.getByText(languageNames[language], { exact: true }));
      await press(host.page.getByText(t('theme.system'), { exact: true }));
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
      await press(button(guest, 'signOut'));
      await heading(guest, 'signIn.title').waitFor();
    }

    async function enterPassword() {
      await field(guest.page, 'username').fill(username);
      await field(guest.page, 'password').fill(password);
      await press(button(guest, 'signIn'));
    }
  });
}
