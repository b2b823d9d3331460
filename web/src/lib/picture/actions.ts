import { api, data, originalUrl } from '$lib/api/client';
import { problemText } from '$lib/language/problems';
import { inPortions } from '$lib/api/portions';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { timeline } from '$lib/timeline/timeline.svelte';

const parallel = 4;

/** Runs one call per picture, a few at a time; the first refusal is thrown after the others have ended. */
async function forEach(ids: readonly string[], run: (id: string) => Promise<unknown>) {
  const waiting = [...ids];
  let refusal: unknown;
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await run(id).catch((error: unknown) => (refusal ??= error));
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  if (refusal !== undefined) throw refusal;
}

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
    await forEach(ids, (id) => data(api.PATCH('/api/pictures/{id}', { params: { path: { id } }, body: { favourite } })));
    if (ids.length > 1) toasts.show(t(favourite ? 'favourite.added' : 'favourite.removed', { count: ids.length }));
  } catch (error) {
    timeline.setFavourite(new Set(ids), !favourite);
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
