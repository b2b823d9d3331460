import { readFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { baseUrl, eventually } from './browser.js';
import { landscapes } from './landscapes.js';

export const password = 'correct horse battery staple';

const asJson = (body) => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

async function call(path, options) {
  const answer = await fetch(baseUrl + path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** While pictures are made nothing is heard, so a connection that the server has ended meanwhile would be used once more. */
const noticeEnds = () => new Promise((done) => setTimeout(done, 100));

/** An account with so many landscapes, all of them ready. `send` speaks to the interface as its member. */
export async function filledAccount(username, displayName, count, spread) {
  const files = landscapes(mkdtempSync(join(tmpdir(), 'picup-landscapes-')), count, spread);
  await noticeEnds();
  await call('/api/members', asJson({ username, password, displayName }));
  const { accessToken } = await call('/api/auth/sessions', asJson({ username, password }));
  const headers = { authorization: `Bearer ${accessToken}` };
  const send = (path, method = 'GET', body) =>
    call(path, { method, headers: body ? { ...headers, 'content-type': 'application/json' } : headers, ...(body && { body: JSON.stringify(body) }) });
  for (const file of files) {
    const body = new FormData();
    body.append('file', new Blob([readFileSync(file)]), basename(file));
    await call('/api/pictures', { method: 'POST', headers, body });
  }
  await eventually('every picture is ready', async () => {
    const { pictures } = await send('/api/pictures?limit=200');
    const waiting = pictures.filter((picture) => picture.state !== 'ready').length;
    return waiting === 0 || waiting;
  }, { withinMs: 180_000 });
  const { pictures } = await send('/api/pictures?limit=200');
  return { username, pictures, send };
}

/** Signs a page in as that member. */
export async function enter(page, { username }) {
  const answer = await page.request.post('/api/auth/sessions', { data: { username, password } });
  if (answer.status() !== 201 && answer.status() !== 200) throw new Error(`sign-in: ${answer.status()}`);
  await page.goto('/');
  await page.locator('[data-picture]').first().waitFor();
}
