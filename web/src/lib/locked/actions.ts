import { api, data, originalUrl, renditionUrl } from '$lib/api/client';
import { inPortions } from '$lib/api/portions';
import { Problem } from '$lib/api/problem';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';
import { problemText } from '$lib/language/problems';
import { timeline } from '$lib/timeline/timeline.svelte';
import { lockedFolder } from './folder.svelte';

/** Browsers obey `Clear-Site-Data` over https alone; elsewhere the addresses that are known here are asked for anew, and the refusals take their place. */
const mostAskedAnew = 500;

function addressesOf(ids: readonly string[]) {
  if (isSecureContext) return [];
  return ids.slice(0, mostAskedAnew).flatMap((id) => {
    const spot = timeline.spotOf(id);
    const version = spot?.month.picture(spot.at).version;
    const versioned = version === undefined ? [] : (['thumb', 'preview'] as const).map((name) => renditionUrl(id, name, version));
    return [originalUrl(id), ...versioned];
  });
}

/** Moves pictures to the locked folder at once, and offers to undo it; the first time, a code is chosen before. */
export async function moveToLocked(ids: readonly string[], afterUndo?: () => void) {
  const months = new Set(ids.flatMap((id) => timeline.spotOf(id)?.month.month ?? []));
  const addresses = addressesOf(ids);
  timeline.remove(new Set(ids));
  const undos: string[] = [];
  try {
    await inPortions(ids, async (portion) => {
      const { undo } = await data(api.POST('/api/locked-folder/pictures', { body: { ids: portion } }));
      if (undo) undos.push(undo);
    });
    toasts.show(t('locked.added', { count: ids.length }), { label: t('undo'), run: () => void takeBack(undos, months, afterUndo) });
    for (const address of addresses) void fetch(address, { cache: 'reload' }).catch(() => undefined);
  } catch (error) {
    await timeline.update(months).catch(() => undefined);
    afterUndo?.();
    if (error instanceof Problem && error.code === 'no-locked-folder') lockedFolder.chooseFirst(() => void moveToLocked(ids, afterUndo));
    else toasts.show(problemText(error));
  }
}

async function takeBack(undos: readonly string[], months: Iterable<string>, afterUndo?: () => void) {
  try {
    for (const undo of undos) await data(api.POST('/api/locked-folder/undo', { body: { undo } }));
    await timeline.update(months);
    afterUndo?.();
  } catch (error) {
    toasts.show(problemText(error));
  }
}

/** Back to where they were before; offers to undo it. */
export async function moveOutOfLocked(ids: readonly string[], afterUndo?: () => void) {
  try {
    await inPortions(ids, (portion) => data(api.DELETE('/api/locked-folder/pictures', { body: { ids: portion } })));
    toasts.show(t('locked.removed', { count: ids.length }), { label: t('undo'), run: () => void moveToLocked(ids).then(afterUndo) });
  } catch (error) {
    toasts.show(problemText(error));
    afterUndo?.();
  }
}
