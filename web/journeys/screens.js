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
for (const [name, from] of [['Jeju', 0], ['Autumn', 9]]) {
  const { id } = await send('/api/albums', 'POST', { name });
  await send(`/api/albums/${id}/pictures`, 'POST', { ids: ids(from, from + 9) });
}
await send('/api/pictures', 'PATCH', { ids: pictures.filter((_, at) => at % 5 === 1).map(({ id }) => id), favourite: true });
await send('/api/trash', 'POST', { ids: ids(80, 86) });

const screens = [
  ['timeline', '/', '[data-picture] .loaded'],
  ['viewer', `/picture/${pictures[2].id}`, '.viewer .sharp img'],
  ['favourites', '/favourites', '[data-picture] .loaded'],
  ['albums', '/albums', '.page img'],
  ['trash', '/trash', '[data-picture] .loaded'],
  ['storage', '/storage', 'main [data-picture] img'],
  ['receipts', '/receipts', 'main'],
  ['settings', '/settings', 'main'],
  ['administration', '/admin', 'main'],
];

mkdirSync(target, { recursive: true });
const browser = await launch();
for (const [size, options] of Object.entries(sizes)) {
  for (const [look, locale, colorScheme] of looks) {
    const { page, context } = await openPage(browser, { ...options, locale, colorScheme });
    await enter(page, account);
    for (const [name, path, shown] of screens) {
      await page.goto(path);
      await page.locator(shown).first().waitFor();
      if (name === 'viewer') await page.keyboard.press('i');
      await page.waitForTimeout(800); // what fades in has done so
      await page.screenshot({ path: join(target, `${name}-${size}-${look}.jpg`), type: 'jpeg', quality: 80 });
    }
    await context.close();
  }
}
await browser.close();
