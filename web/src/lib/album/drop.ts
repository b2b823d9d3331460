import type { Album } from '$lib/api/client';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';
import { router } from '$lib/navigation/router.svelte';
import { addToAlbum, takeFromAlbum } from './albums';
import { addedTo } from './words';

/** Adds pictures that were dropped on an album. What was in it before nobody can tell from what came, so that is not undone but looked at. */
export async function dropInto({ id, name }: Pick<Album, 'id' | 'name'>, ids: readonly string[]) {
  try {
    const count = await addToAlbum(id, ids);
    const action = count === ids.length ? { label: t('undo'), run: () => void undo(id, ids) } : { label: t('open'), run: () => router.go(`/albums/${id}`) };
    toasts.show(addedTo(name, count), action);
  } catch (error) {
    toasts.show(problemText(error));
  }
}

async function undo(id: string, ids: readonly string[]) {
  try {
    await takeFromAlbum(id, ids);
    toasts.show(t('album.removed', { count: ids.length }));
  } catch (error) {
    toasts.show(problemText(error));
  }
}
