import { execFileSync } from 'node:child_process';
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

/** A new account; `send` speaks to the interface as its member, `upload` takes files in, each by itself or with a time. */
async function account(username, displayName) {
  await noticeEnds();
  await call('/api/members', asJson({ username, password, displayName }));
  const { accessToken } = await call('/api/auth/sessions', asJson({ username, password }));
  const headers = { authorization: `Bearer ${accessToken}` };
  const send = (path, method = 'GET', body) =>
    call(path, { method, headers: body ? { ...headers, 'content-type': 'application/json' } : headers, ...(body && { body: JSON.stringify(body) }) });
  const upload = (file, takenAt) => {
    const body = new FormData();
    body.append('file', new Blob([readFileSync(file)]), basename(file));
    if (takenAt) body.append('takenAt', takenAt);
    return call('/api/pictures', { method: 'POST', headers, body });
  };
  return { username, send, upload };
}

/** All pictures of an account, newest first, once the last of them is ready. */
async function readyPictures(send, limit) {
  let pictures;
  await eventually('every picture is ready', async () => {
    ({ pictures } = await send(`/api/pictures?limit=${limit}`));
    const waiting = pictures.filter((picture) => picture.state !== 'ready').length;
    return waiting === 0 || waiting;
  }, { withinMs: 180_000 });
  return pictures;
}

/** An account with so many landscapes, all of them ready. */
export async function filledAccount(username, displayName, count, spread) {
  const files = landscapes(mkdtempSync(join(tmpdir(), 'picup-landscapes-')), count, spread);
  const { send, upload } = await account(username, displayName);
  for (const file of files) await upload(file);
  return { username, pictures: await readyPictures(send, 200), send };
}

/** An account with so many small pictures, all of them taken within one month. */
export async function accountWithMonth(username, displayName, month, count) {
  const folder = mkdtempSync(join(tmpdir(), 'picup-month-'));
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=192x128:r=1', '-frames:v', String(count), '-q:v', '5', join(folder, '%d.jpg')]);
  const { send, upload } = await account(username, displayName);
  const begin = Date.parse(`${month}-01T06:00:00Z`);
  const step = (28 * 24 * 3_600_000) / count;
  const uploadEvery = async (nth, of) => {
    for (let at = nth; at < count; at += of) await upload(join(folder, `${at + 1}.jpg`), new Date(begin + at * step).toISOString().slice(0, 19));
  };
  await Promise.all([0, 1, 2, 3].map((nth) => uploadEvery(nth, 4)));
  return { username, pictures: await readyPictures(send, 1000), send };
}

/** Signs a page in as that member. */
export async function enter(page, { username }) {
  const answer = await page.request.post('/api/auth/sessions', { data: { username, password } });
  if (answer.status() !== 201 && answer.status() !== 200) throw new Error(`sign-in: ${answer.status()}`);
  await page.goto('/');
  await page.locator('[data-picture]').first().waitFor();
}
