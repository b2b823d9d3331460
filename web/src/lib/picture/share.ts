import { api, checkSession, data, type Picture } from '$lib/api/client';
import { Problem } from '$lib/api/problem';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';
import { chosenOf, named, type Candidate } from './shareable';

/**
 * What browsers hand to another app at once: Chromium refuses more than 10 files or 50 MiB (kMaxSharedFileCount and kMaxSharedFileBytes of its
 * share service), without saying so before.
 */
export const mostShared = 10;
const mostBytes = 50 * 1024 * 1024;

/** Whether this browser would give such a file to another app. */
function takes(files: File[]) {
  return navigator.canShare?.({ files }) === true;
}

function sample({ fileName, mediaType }: Candidate) {
  return new File(['x'], fileName, { type: mediaType });
}

export function canShareFiles(): boolean {
  return takes([new File(['x'], 'picture.jpg', { type: 'image/jpeg' })]);
}

/** Null where it turns out to be larger than that. */
async function fetched({ url, fileName, mediaType }: Candidate, leftBytes: number): Promise<File | null> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  if (Number(answer.headers.get('content-length')) > leftBytes) {
    await answer.body?.cancel();
    return null;
  }
  const bytes = await answer.blob();
  // What was made of a picture is WebP where something shines through.
  const type = bytes.type.split(';')[0] || mediaType;
  return new File([bytes], type === 'image/webp' ? named(fileName, 'webp') : fileName, { type });
}

async function filesOf(pictures: readonly Picture[]): Promise<File[] | null> {
  const files: File[] = [];
  let leftBytes = mostBytes;
  for (const picture of pictures) {
    const chosen = chosenOf(picture, leftBytes, (candidate) => takes([sample(candidate)]));
    if (!chosen) return null;
    const file = await fetched(chosen, leftBytes);
    if (!file || file.size > leftBytes) return null;
    leftBytes -= file.size;
    files.push(file);
  }
  return files;
}

/** Whether there is a file of it that this browser shares. */
export function canShare(picture: Picture): boolean {
  return picture.state === 'ready' && chosenOf(picture, mostBytes, (candidate) => takes([sample(candidate)])) !== null;
}

/** Gives pictures to another app. Tells when they are too large, or what else went wrong; changing one's mind is not wrong. */
export async function share(ids: readonly string[], known: readonly Picture[] = []) {
  const slow = setTimeout(() => toasts.show(t('share.preparing')), 800);
  try {
    await checkSession();
    const pictures = await Promise.all(ids.map((id) => known.find((picture) => picture.id === id) ?? data(api.GET('/api/pictures/{id}', { params: { path: { id } } }))));
    const files = await filesOf(pictures);
    if (files === null) return toasts.show(t('share.tooLarge'));
    // Browsers share while a press is fresh, a few seconds; what took longer asks for another.
    if (navigator.userActivation?.isActive === false) toasts.show(t('share.ready', { count: files.length }), { label: t('share'), run: () => void hand(files) });
    else await hand(files);
  } catch (error) {
    toasts.show(error instanceof Problem ? problemText(error) : t('share.failed'));
  } finally {
    clearTimeout(slow);
  }
}

async function hand(files: File[]) {
  try {
    await navigator.share({ files });
  } catch (error) {
    if ((error as DOMException).name !== 'AbortError') toasts.show(t('share.failed'));
  }
}
