import { checkSession } from '$lib/api/client';
import { toasts } from '$lib/design/toasts.svelte';
import { t } from '$lib/language/language.svelte';

/** Hands the archive to the browser, which shows how far it has come. Asked for first, so that a refusal is told here. */
export async function downloadArchive(year?: number) {
  const address = year === undefined ? '/api/archive' : `/api/archive?year=${year}`;
  await checkSession(); // a download cannot renew the session by itself
  const answer = await fetch(address, { method: 'HEAD' }).catch(() => null);
  if (!answer?.ok) {
    toasts.show(t(answer?.status === 429 ? 'archive.running' : 'problem.unknown'));
    return;
  }
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
  toasts.show(t('archive.begun'));
}
