import { fileNameHeader, modifiedHeader, sharedCache } from '../../service/shelves';

/** The files that another app shared with this one, each once. */
export async function takeShared(): Promise<File[]> {
  if (!('caches' in globalThis) || !(await caches.has(sharedCache))) return [];
  const cache = await caches.open(sharedCache);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (!kept) continue;
    const name = decodeURIComponent(kept.headers.get(fileNameHeader) ?? '') || 'shared';
    files.push(new File([await kept.blob()], name, { type: kept.headers.get('content-type') ?? '', lastModified: Number(kept.headers.get(modifiedHeader)) || Date.now() }));
    await cache.delete(request);
  }
  return files;
}
