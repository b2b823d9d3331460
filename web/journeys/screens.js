// Makes the pictures of docs/screens anew, of an empty instance at PICUP_URL. ./picup test does it, so that they show what people see.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, openPage, sizes } from './browser.js';
import { enter, filledAccount } from './filled.js';

const target = resolve(import.meta.dirname, '../../docs/screens');
const looks = [['light-en', 'en-GB', 'light'], ['dark-ko', 'ko-KR', 'dark']];

const account = await filledAccount('mina', 'Mina Kim', 90);
const { pictures, send } = account;
const ids = (from, to) => pictures.slice(from, to).map(({ id }) => id);
const albums = [];
for (const [name, from] of [['Jeju', 0], ['Autumn', 9]]) {
  const { id } = await send('/api/albums', 'POST', { name });
  await send(`/api/albums/${id}/pictures`, 'POST', { ids: ids(from, from + 9) });
  albums.push(id);
}
await send(`/api/albums/${albums[0]}`, 'PATCH', { display: 'trip', description: 'Three days by the sea, and a walk up to the crater.' });
await send('/api/pictures', 'PATCH', { ids: pictures.filter((_, at) => at % 5 === 1).map(({ id }) => id), favourite: true });
await send('/api/trash', 'POST', { ids: ids(80, 86) });

/** Each with its address, what is there when it is complete, and what somebody does before it is looked at. */
const screens = [
  ['timeline', '/', '[data-picture] .loaded'],
  ['viewer', `/picture/${pictures[2].id}`, '.viewer .sharp img', (page) => page.keyboard.press('i')],
  ['editor', `/picture/${pictures[4].id}`, '.viewer .sharp img', openEditor],
  ['favourites', '/favourites', '[data-picture] .loaded'],
  ['albums', '/albums', '.page img'],
  ['trip', `/albums/${albums[0]}`, '[data-picture] .loaded'],
  ['search', '/search?q=jeju', '[data-picture] .loaded'],
  ['trash', '/trash', '[data-picture] .loaded'],
  ['storage', '/storage', 'main [data-picture] img'],
  ['receipts', '/receipts', 'main'],
  ['settings', '/settings', 'main'],
  ['administration', '/admin', 'main'],
];

async function openEditor(page) {
  await page.keyboard.press('e');
  await page.locator('.editor img, .editor canvas').first().waitFor();
}

const stillMs = 800;

async function take(page, name) {
  await page.waitForTimeout(stillMs); // what fades in has done so
  await page.screenshot({ path: join(target, `${name}.jpg`), type: 'jpeg', quality: 80 });
}

mkdirSync(target, { recursive: true });
const browser = await launch();
for (const [size, options] of Object.entries(sizes)) {
  for (const [look, locale, colorScheme] of looks) {
    const { page, context } = await openPage(browser, { ...options, locale, colorScheme });
    await page.goto('/sign-in');
    await page.locator('form').waitFor();
    await take(page, `sign-in-${size}-${look}`);
    await enter(page, account);
    for (const [name, path, shown, act] of screens) {
      await page.goto(path);
      await page.locator(shown).first().waitFor();
      await act?.(page);
      await take(page, `${name}-${size}-${look}`);
    }
    await context.close();
  }
}
await browser.close();
