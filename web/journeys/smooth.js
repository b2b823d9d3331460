// Measures how the app feels with a library as large as PICUP_URL's, whose member is USERNAME: rows of a table, for ./picup bench scroll.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, launch, openPage, sizes } from './browser.js';

const { USERNAME: username, PASSWORD: password } = process.env;
/** From end to end in so many steps, one a frame: some 8,000 px each at a million pictures, a fling that never ends. */
const steps = 4500;
const jumps = 20;

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const number = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), p99: at(0.99), most: sorted.at(-1) };
}

/** But for the newest, the rows of a bench have no bytes behind them: every thumbnail is this picture. */
function thumbnail() {
  const file = join(mkdtempSync(join(tmpdir(), 'picup-thumb-')), 'thumb.jpg');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=340x256', '-frames:v', '1', '-q:v', '6', file]);
  return readFileSync(file);
}

const body = thumbnail();

async function open(browser, options) {
  const opened = await openPage(browser, options);
  const answer = await opened.page.request.post('/api/auth/sessions', { data: { username, password } });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
  return { ...opened, devtools: await opened.context.newCDPSession(opened.page) };
}

const screenIsFull = (page) =>
  page.evaluate(() => {
    const inView = [...document.querySelectorAll('[data-picture]')].filter((tile) => tile.getBoundingClientRect().top < innerHeight);
    return inView.length > 0 && inView.every((tile) => tile.querySelector('.thumb.loaded'));
  });

/** Thumbnails from the top of the page to its foot, whoever has drawn them. */
const thumbnailsFill = (page) =>
  page.evaluate(() => {
    const seen = [...document.images].filter((image) => /renditions\/thumb/.test(image.src) && image.getBoundingClientRect().top < innerHeight);
    return seen.length > 0 && seen.every((image) => image.complete && image.naturalWidth > 0) && Math.max(...seen.map((image) => image.getBoundingClientRect().bottom)) > innerHeight * 0.85;
  });

async function firstScreen(browser, size) {
  const { page, context, devtools } = await open(browser, sizes[size]);
  let scriptBytes = 0;
  await devtools.send('Network.enable');
  const scripts = new Set();
  devtools.on('Network.responseReceived', ({ requestId, response }) => /\.js$/.test(new URL(response.url).pathname) && scripts.add(requestId));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.has(requestId) && (scriptBytes += encodedDataLength));
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const began = performance.now();
  await page.goto('/', { waitUntil: 'commit' });
  await eventually('the first screen is full of thumbnails', () => thumbnailsFill(page), { everyMs: 20 });
  row(`first screen of thumbnails, cold, ${size}, CPU slowed 4×`, `${number(performance.now() - began)} ms`, '1 s');
  await eventually('the app has taken over', () => screenIsFull(page), { everyMs: 20 });
  row(`the app over it, ${size}, CPU slowed 4×`, `${number(performance.now() - began)} ms`, '');
  row(`JavaScript of the first load, ${size}`, `${number(scriptBytes / 1000)} kB`, '150 kB');
  await context.close();
}

async function scrolled(browser, size) {
  const { page, context, devtools } = await open(browser, sizes[size]);
  await page.route('**/renditions/**', (route) => route.fulfill({ contentType: 'image/jpeg', body, headers: { 'cache-control': 'max-age=31536000' } }));
  await page.goto('/');
  await eventually('the first screen is full of thumbnails', () => screenIsFull(page));
  await devtools.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await metrics();
  let most = { nodes: 0, heap: 0 };
  const look = setInterval(() => void metrics().then(({ Nodes, JSHeapUsedSize }) => (most = { nodes: Math.max(most.nodes, Nodes), heap: Math.max(most.heap, JSHeapUsedSize) }), () => undefined), 1000);
  const frames = await page.evaluate(async (steps) => {
    const scroller = document.querySelector('.timeline .scroller');
    const track = document.querySelector('.scrubber');
    const library = Number(track.dataset.height);
    const deltas = [];
    let last = performance.now();
    for (let step = 0; step < steps; step++) {
      scroller.scrollTop += library / steps;
      const now = await new Promise(requestAnimationFrame);
      deltas.push(now - last);
      last = now;
    }
    return deltas.slice(1);
  }, steps);
  clearInterval(look);
  await eventually('the oldest pictures are shown', () => screenIsFull(page));
  await devtools.send('HeapProfiler.collectGarbage');
  const after = await metrics();
  const { median, p99, most: longest } = quantiles(frames);
  row(`frames from end to end, ${size}: median, p99, longest`, `${number(median)}, ${number(p99)}, ${number(longest)} ms`, 'none over 50 ms');
  row(`frames over 50 ms, ${size}`, `${frames.filter((frame) => frame > 50).length} of ${frames.length}`, '0');
  row(`memory of scripts, ${size}: before, most, after`, [before.JSHeapUsedSize, most.heap, after.JSHeapUsedSize].map((bytes) => `${number(bytes / 1e6)} MB`).join(', '), 'bounded');
  row(`elements, ${size}: before, most, after`, [before.Nodes, most.nodes, after.Nodes].map(number).join(', '), 'bounded');

  const track = await page.locator('.scrubber').boundingBox();
  const waits = [];
  for (let jump = 0; jump < jumps; jump++) {
    const share = ((jump * 7919) % 997) / 997;
    await page.evaluate(() => (globalThis.shownBefore = new Set([...document.querySelectorAll('[data-picture]')].map((tile) => tile.dataset.picture))));
    const began = await page.evaluate(() => performance.now());
    await page.mouse.move(track.x + track.width - 8, track.y + 18 + share * (track.height - 36));
    await page.mouse.down();
    await page.mouse.up();
    const shown = await page.evaluate(
      (began) =>
        new Promise((done) => {
          const look = () => {
            const inView = [...document.querySelectorAll('[data-picture]')].filter((tile) => tile.getBoundingClientRect().top < innerHeight && tile.getBoundingClientRect().bottom > 0);
            if (inView.length > 0 && inView.every((tile) => !globalThis.shownBefore.has(tile.dataset.picture))) done(performance.now() - began);
            else requestAnimationFrame(look);
          };
          look();
        }),
      began,
    );
    waits.push(shown);
    await page.waitForTimeout(300);
  }
  const jumping = quantiles(waits);
  row(`scrubber to tiles of any month, ${size}: median, longest of ${jumps}`, `${number(jumping.median)}, ${number(jumping.most)} ms`, '300 ms');
  await context.close();
}

const browser = await launch();
try {
  for (const size of ['desktop', 'phone']) {
    await firstScreen(browser, size);
    await scrolled(browser, size);
  }
} finally {
  await browser.close();
}
