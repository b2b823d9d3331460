// Looks at sign-in, timeline and viewer of PICUP_URL with Lighthouse: rows of a table, for ./picup bench lighthouse. Whole reports go to the folder REPORTS, where that is set.
import lighthouse, { desktopConfig } from 'lighthouse';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchWith } from '../../web/journeys/browser.js';
import { filledAccount, password } from '../../web/journeys/filled.js';

const { PICUP_URL: url, REPORTS: reports } = process.env;
const categories = ['performance', 'accessibility', 'best-practices'];
const runs = 3;

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** One look with a browser that has seen nothing yet. */
async function look(path, member, config) {
  const profile = mkdtempSync(join(tmpdir(), 'picup-lighthouse-'));
  const port = await freePort();
  const browser = await launchWith(profile, [`--remote-debugging-port=${port}`]);
  try {
    if (member) {
      const answer = await browser.request.post(`${url}/api/auth/sessions`, { data: { username: member.username, password } });
      if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
    }
    // What Lighthouse would clear is the session; there is nothing else yet.
    const { lhr } = await lighthouse(url + path, { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error' }, config);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);

/** What was found wanting, but for speed. */
function found(lhr) {
  return categories
    .slice(1)
    .flatMap((category) => lhr.categories[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => id);
}

const member = await filledAccount('lighthouse', 'Mina', 40);
const pages = [
  ['sign-in', '/sign-in', null],
  ['timeline', '/', member],
  ['viewer', `/picture/${member.pictures[3].id}`, member],
];
for (const [size, config] of [['desktop', desktopConfig], ['phone', undefined]]) {
  for (const [name, path, who] of pages) {
    const looks = [];
    for (let run = 0; run < runs; run++) looks.push(await look(path, who, config));
    looks.sort((a, b) => score(a, 'performance') - score(b, 'performance'));
    const middle = looks[runs >> 1];
    if (reports) writeFileSync(join(reports, `${size}-${name}.json`), JSON.stringify(middle));
    const ms = (audit) => `${Math.round(middle.audits[audit].numericValue)} ms`;
    const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'].map(ms);
    row(`${name}, ${size}`, ...categories.map((category) => score(middle, category)), ...times, middle.audits['cumulative-layout-shift'].displayValue, found(middle).join(', '));
  }
}
