// Makes the pictures of docs/screens anew, of an empty instance at PICUP_URL: npm run screens
import { readFileSync, mkdtempSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { baseUrl, eventually, launch, openPage, sizes } from './browser.js';
import { landscapes } from './landscapes.js';

const target = resolve(import.meta.dirname, '../../docs/screens');
const credentials = { username: 'mina', password: 'correct horse battery staple', displayName: 'Mina Kim' };

async function call(path, options) {
  const answer = await fetch(baseUrl + path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const asJson = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function fill() {
  const files = landscapes(mkdtempSync(join(tmpdir(), 'picup-landscapes-')), 90);
  await call('/api/members', asJson(credentials));
  const { accessToken } = await call('/api/auth/sessions', asJson(credentials));
  const headers = { authorization: `Bearer ${accessToken}` };
  for (const file of files) {
    const body = new FormData();
    body.append('file', new Blob([readFileSync(file)]), basename(file));
    await call('/api/pictures', { method: 'POST', headers, body });
  }
  await eventually('every picture ready', async () => {
    const { pictures } = await call('/api/pictures?limit=200', { headers });
    return pictures.every((picture) => picture.state === 'ready');
  });
  const { pictures } = await call('/api/pictures?limit=24', { headers });
  for (const [name, from] of [['Jeju', 0], ['Autumn', 9]]) {
    const { id } = await call('/api/albums', { ...asJson({ name }), headers: { ...headers, 'content-type': 'application/json' } });
    await call(`/api/albums/${id}/pictures`, { ...asJson({ ids: pictures.slice(from, from + 9).map((picture) => picture.id) }), headers: { ...headers, 'content-type': 'application/json' } });
  }
  return pictures;
}

const pictures = await fill();
mkdirSync(target, { recursive: true });
const browser = await launch();
for (const [size, options] of Object.entries(sizes)) {
  for (const [look, locale, colorScheme] of [['light-en', 'en-GB', 'light'], ['dark-ko', 'ko-KR', 'dark']]) {
    const { page, context } = await openPage(browser, { ...options, locale, colorScheme });
    const shot = async (name) => {
      
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(target, `${name}-${size}-${look}.jpg`), type: 'jpeg', quality: 80 });
    };
    page.setDefaultTimeout(15_000);
    await page.context().request.post('/api/auth/sessions', { data: credentials });
    await page.goto('/', { waitUntil: 'commit' });
    await page.locator('[data-picture] img').first().waitFor();
    await shot('timeline');
    if (look === 'light-en') {
      await page.goto(`/picture/${pictures[2].id}`, { waitUntil: 'commit' });
      await page.locator('img').first().waitFor();
      await page.keyboard.press('i');
      await shot('viewer');
      await page.goto('/albums', { waitUntil: 'commit' });
      await page.getByText('Jeju').first().waitFor();
      await shot('albums');
    }
    await context.close();
  }
}
await browser.close();
