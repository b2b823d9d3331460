import { chromium } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requireAccessible } from './accessibility.js';
import { comesToRest } from './rest.js';

export const baseUrl = process.env.PICUP_URL ?? 'http://localhost:8080';

const screens = process.env.SCREENS ? resolve(import.meta.dirname, '../../docs/screens') : null;

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'];
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

const languages = { en: 'en-GB', ko: 'ko-KR' };

const everyTour = Object.entries(sizes).flatMap(([size, options]) =>
  Object.entries(languages).map(([language, locale]) => ({ size, language, locale, options: { ...options, locale } })),
);

/** How a journey goes through the app: at both sizes and in both languages; all four ways with `TOURS=all ./picup test`. */
export const tours = process.env.TOURS === 'all' ? everyTour : everyTour.filter(({ size, language }) => (size === 'desktop') === (language === 'en'));

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function launch() {
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot] });
}

/** A browser with a profile of its own, to which other programs may speak. */
export function launchWith(profile, more) {
  return chromium.launchPersistentContext(profile, { executablePath, args: [...quiet, ...asRoot, ...more], viewport: null });
}

/** A page that remembers everything it complained about. */
export async function openPage(browser, options) {
  // Without a service worker unless the journey is about it: what it asks for itself cannot be answered by a journey.
  const context = await browser.newContext({ baseURL: baseUrl, locale: 'en-GB', timezoneId: 'Asia/Seoul', serviceWorkers: 'block', ...options });
  await context.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A browser logs every refused request; being asked who one is before signing in is no fault, nor is a video of which no hover preview is made yet.
    const expected = /status of 401/.test(message.text()) || (/status of 404/.test(message.text()) && message.location().url.includes('/renditions/hover'));
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()} ${message.location().url}`);
  });
  return { context, page, complaints };
}

/** Follows the navigation, in which phones have a page for what does not fit. */
export async function followTo(page, name, more = 'More') {
  const navigation = page.getByRole('navigation').first();
  await navigation.waitFor();
  const link = navigation.getByRole('link', { name, exact: true });
  if (await link.isVisible()) return link.click();
  await navigation.getByRole('link', { name: more }).click();
  await page.locator('.more').getByRole('link', { name }).click();
}

/** Answers the next such request as the server does when the session is too old for it. Nobody waits here for ten minutes. */
export async function askForProof(page, method, path) {
  let asked = false;
  await page.route(
    (url) => url.pathname === path,
    (route) => {
      if (asked || route.request().method() !== method) return route.fallback();
      asked = true;
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'proof-needed', status: 403 }) });
    },
  );
}

export async function violationsOn(page) {
  return page.evaluate(() => globalThis.violations);
}

/** Looks at a screen as it has come to rest: whether everybody can use it, and, where SCREENS is set, for people to look at. */
export async function inspect(page, name) {
  await comesToRest(page);
  await requireAccessible(page, name);
  if (!screens) return;
  await mkdir(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name}.png`) });
}

/** Waits until something is so; says what was last seen when it never was. */
export async function eventually(what, look, { withinMs = 60_000, everyMs = 150 } = {}) {
  const until = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen === true) return;
    if (Date.now() > until) throw new Error(`never: ${what}; last seen: ${JSON.stringify(seen)}`);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
