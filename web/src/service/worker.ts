/// <reference lib="webworker" />
import { agedHeader, fileNameHeader, libraryCache, modifiedHeader, sharedCache, sharePath } from './shelves';

declare const self: ServiceWorkerGlobalScope;

/** The files that are the app, and a name for exactly these; the build writes them here. */
declare const SHELL: string[];
declare const VERSION: string;

const shellCache = `picup-shell-${VERSION}`;

/** Months, and whatever else is remembered for when there is no server. Some 100 KB each at most. */
const mostRemembered = 60;

/**
 * What one may look at without the server: who one is, the months that were seen last, and one picture's facts. Thumbnails lie in
 * the browser's own cache for a year, and are not kept twice.
 */
const rememberedPaths = /^\/api\/(members\/me|space|timeline(\/\d{4}-\d\d|\/latest)?|pictures\/[0-9a-f-]{36})$/;

const latestPath = '/api/timeline/latest';
const picturePath = /^\/api\/pictures\//;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shellCache).then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'no-cache' })))));
});

// Without `skipWaiting`: pages that are open go on with the files that they came with, until the last of them is closed.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('picup-shell-') && name !== shellCache) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === sharePath) event.respondWith(takeIn(request));
  else if (request.method !== 'GET') return;
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/api/')) event.respondWith(screen(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (rememberedPaths.test(url.pathname)) event.respondWith(fresh(event));
});

/** Every screen is the same page, which is the server's newest where that can be reached. */
async function screen(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/', { cacheName: shellCache })) ?? Response.error();
  }
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's word, or the last that it said. */
async function fresh(event: FetchEvent): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(remember(event.request, answer.clone()));
    else if (answer.status === 403 || answer.status === 404) event.waitUntil(forget(event.request));
    return answer;
  } catch (unreachable) {
    const known = await caches.match(event.request, { cacheName: libraryCache, ignoreVary: true });
    if (!known) throw unreachable;
    const headers = new Headers(known.headers);
    headers.set(agedHeader, '1');
    return new Response(known.body, { status: known.status, headers });
  }
}

/** What is locked, or gone, is not looked at without the server either. */
async function forget(request: Request) {
  await (await caches.open(libraryCache)).delete(request);
}

async function remember(request: Request, answer: Response) {
  if (picturePath.test(new URL(request.url).pathname) && ((await answer.clone().json()) as { locked?: boolean }).locked) return forget(request);
  const cache = await caches.open(libraryCache);
  const keep = async (kept: Request, said: Response) => {
    await cache.delete(kept);
    await cache.put(kept, said);
  };
  // By its own name too: tomorrow another month is the latest.
  if (request.url.endsWith(latestPath)) {
    const { month } = (await answer.clone().json()) as { month: string };
    await keep(new Request(request.url.replace(latestPath, `/api/timeline/${month}`)), answer.clone());
  }
  await keep(request, answer);
  const kept = await cache.keys();
  for (const oldest of kept.slice(0, Math.max(0, kept.length - mostRemembered))) await cache.delete(oldest);
}

/** Keeps what another app shares until the page takes it, however long signing in takes. */
async function takeIn(request: Request): Promise<Response> {
  const cache = await caches.open(sharedCache);
  const files = (await request.formData()).getAll('files').filter((part): part is File => part instanceof File && part.size > 0);
  for (const [at, file] of files.entries()) {
    const headers = { 'content-type': file.type || 'application/octet-stream', [fileNameHeader]: encodeURIComponent(file.name), [modifiedHeader]: String(file.lastModified) };
    await cache.put(`${sharePath}/${Date.now()}-${at}`, new Response(file, { headers }));
  }
  return Response.redirect('/', 303);
}
