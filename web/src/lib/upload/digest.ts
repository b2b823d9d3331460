import { api, data } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import type { Receipt } from './sending';

/** Below it a question costs as much as the file. */
const leastBytes = 256 * 1024;
/** The browser hashes only what is in memory as a whole; a longer film is sent and known by its digest then. */
const mostBytes = 64 * 1024 * 1024;

const digests = new WeakMap<File, Promise<string>>();
let last: Promise<unknown> = Promise.resolve();

async function digestNow(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * SHA-256 in hexadecimal, where it costs little; null where it does not, or the page came over plain HTTP from another machine, where
 * browsers do not hash. One file at a time, so that at most one is in memory; each once, however often it is sent.
 */
export async function digestOf(file: File): Promise<string | null> {
  if (file.size < leastBytes || file.size > mostBytes || !globalThis.crypto?.subtle) return null;
  let digest = digests.get(file);
  if (!digest) {
    digest = last.then(() => digestNow(file));
    last = digest.catch(() => undefined);
    digests.set(file, digest);
  }
  return digest;
}

/**
 * What the server would answer if the file were sent, when it knows its bytes; null: it does not.
 * Throws `deleted-before` where they would be refused.
 */
export async function askFor(sha256: string, force: boolean): Promise<Receipt | null> {
  const { known, deletedForGood } = await data(api.POST('/api/pictures/check', { body: { sha256: [sha256] } }));
  if (deletedForGood.length > 0 && !force) throw new Problem('deleted-before', 409);
  const [picture] = known;
  // Without an id it lies in the locked folder, of which no more is said.
  return picture ? { id: picture.id ?? '', outcome: 'already-there', trashed: picture.trashed } : null;
}
