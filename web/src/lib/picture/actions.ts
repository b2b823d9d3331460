import { api, data, originalUrl } from '$lib/api/client';
import { problemText } from '$lib/language/problems';
import { inPortions } from '$lib/api/portions';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { timeline } from '$lib/timeline/timeline.svelte';

async function reloadHeld() {
  await timeline.update(timeline.months.filter((month) => month.loaded > 0).map((month) => month.month));
}

/** Moves pictures to the trash at once, and offers to undo it. */
export async function moveToTrash(ids: readonly string[], afterUndo?: () => void) {
  const months = new Set(ids.flatMap((id) => timeline.spotOf(id)?.month.month ?? []));
  timeline.remove(new Set(ids));
  try {
    await inPortions(ids, (portion) => data(api.POST('/api/trash', { body: { ids: portion } })));
    toasts.show(t('trash.moved', { count: ids.length }), {
      label: t('undo'),
      run: () => void restore(ids, months, afterUndo),
    });
  } catch (error) {
    toasts.show(problemText(error));
    await reloadHeld().catch(() => undefined);
  }
}

async function restore(ids: readonly string[], months: Iterable<string>, afterUndo?: () => void) {
  try {
    await inPortions(ids, (portion) => data(api.POST('/api/trash/restore', { body: { ids: portion } })));
    await timeline.update(months);
    afterUndo?.();
  } catch (error) {
    toasts.show(problemText(error));
  }
}

export async function setFavourite(ids: readonly string[], favourite: boolean) {
  timeline.setFavourite(new Set(ids), favourite);
  try {
    await mark(ids, { favourite });
    if (ids.length > 1) toasts.show(t(favourite ? 'favourite.added' : 'favourite.removed', { count: ids.length }));
  } catch (error) {
    timeline.setFavourite(new Set(ids), !favourite);
    toasts.show(problemText(error));
  }
}

/** Adds pictures to the favourites that are none yet, and offers to undo that. */
export async function addToFavourites(ids: readonly string[]) {
  timeline.setFavourite(new Set(ids), true);
  try {
    await mark(ids, { favourite: true });
    toasts.show(t('favourite.added', { count: ids.length }), { label: t('undo'), run: () => void setFavourite(ids, false) });
  } catch (error) {
    timeline.setFavourite(new Set(ids), false);
    toasts.show(problemText(error));
  }
}

function mark(ids: readonly string[], marks: { favourite?: boolean; archived?: boolean }) {
  return inPortions(ids, (portion) => data(api.PATCH('/api/pictures', { body: { ids: portion, ...marks } })));
}

/** Takes pictures out of the timeline into the archive, or brings them back; offers to undo it. */
export async function setArchived(ids: readonly string[], archived: boolean, afterUndo?: () => void) {
  const months = new Set(ids.flatMap((id) => timeline.spotOf(id)?.month.month ?? []));
  if (archived) timeline.remove(new Set(ids));
  try {
    await mark(ids, { archived });
    toasts.show(t(archived ? 'archive.added' : 'archive.removed', { count: ids.length }), {
      label: t('undo'),
      run: () => void unarchive(ids, !archived, months, afterUndo),
    });
  } catch (error) {
    toasts.show(problemText(error));
    await reloadHeld().catch(() => undefined);
  }
}

async function unarchive(ids: readonly string[], archived: boolean, months: Iterable<string>, afterUndo?: () => void) {
  try {
    await mark(ids, { archived });
    await timeline.update(months);
    afterUndo?.();
  } catch (error) {
    toasts.show(problemText(error));
  }
}

export function startDownload(url: string) {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}

/** Browsers start one download per click; a short pause keeps them from dropping all but the last. */
export async function downloadOriginals(ids: readonly string[]) {
  for (const id of ids) {
    startDownload(originalUrl(id, true));
    await new Promise((done) => setTimeout(done, 250));
  }
}
