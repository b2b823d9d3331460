import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually, launch, openPage, tours } from './browser.js';
import { wordsOf } from './words.js';

const many = 200;
const command = resolve(import.meta.dirname, '../../.picup/server-command');
const account = { username: 'hana', password: 'correct horse battery staple', displayName: 'Hana' };

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

describe('a server that dies while 200 files come', () => {
  const folder = mkdtempSync(join(tmpdir(), 'picup-restart-'));
  const [{ language, options }] = tours;
  const t = wordsOf(language);
  let port, server, browser, page, context, complaints;

  async function start() {
    const [program, ...words] = readFileSync(command, 'utf8').split('\n').filter(Boolean);
    server = spawn(program, [...words, `--server.port=${port}`, `--picup.data=${join(folder, 'data')}`], { stdio: 'ignore' });
    const ended = new Promise((done) => server.once('exit', done));
    server.ended = ended;
    await eventually('the server is ready', () => fetch(`http://localhost:${port}/health/ready`).then(({ status }) => status === 200, () => false), { withinMs: 120_000 });
  }

  before(async () => {
    chmodSync(folder, 0o755); // the database may run as another user
    port = await freePort();
    await start();
    browser = await launch();
    ({ page, context, complaints } = await openPage(browser, { ...options, baseURL: `http://localhost:${port}` }));
  });

  after(async () => {
    await browser.close();
    server.kill('SIGTERM');
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  test('ends with 200 files and without a click', async () => {
    assert.equal((await page.request.post('/api/members', { data: account })).status(), 201);
    await page.goto('/');
    await page.getByRole('heading', { name: t('timeline.empty.title') }).waitFor();
    // One small picture, each time with a few bytes behind its end: as many different files, and little to render.
    const small = join(folder, 'small.jpg');
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=320x240', '-frames:v', '1', small]);
    const drawing = readFileSync(small);
    const files = Array.from({ length: many }, (_, at) => {
      const file = join(folder, `IMG_${String(at).padStart(4, '0')}.jpg`);
      writeFileSync(file, Buffer.concat([drawing, Buffer.from(`file ${at}`)]));
      return file;
    });
    const digests = files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex')).sort();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('main').getByRole('button', { name: t('upload.files') }).click(),
    ]);
    await chooser.setFiles(files);

    const stored = async () => (await (await page.request.get('/api/pictures?limit=200')).json()).pictures.length;
    await eventually('a part of them is stored', async () => (await stored()) >= 20 || (await stored()));
    server.kill('SIGKILL');
    await server.ended;
    await page.getByRole('region', { name: t('uploads') }).waitFor();
    await start();
    await page.getByRole('heading', { name: t('upload.done', { count: many }) }).waitFor({ timeout: 180_000 });

    const { pictures } = await (await page.request.get('/api/pictures?limit=200')).json();
    assert.deepEqual(pictures.map(({ sha256 }) => sha256).sort(), digests);
    assert.deepEqual(complaints.filter((line) => !/Failed to load resource|ERR_/.test(line)), []);
    await context.close();
  });
});
