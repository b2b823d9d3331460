import { checkSession } from '$lib/api/client';
import { t } from '$lib/language/language.svelte';

/** Hands the archive to the browser, which shows how far it has come. Asked for first, so that a refusal can be told; says what came of it. */
export async function downloadArchive(year?: number): Promise<string> {
  const address = year === undefined ? '/api/archive' : `/api/archive?year=${year}`;
  await checkSession(); // a download cannot renew the session by itself
  const answer = await fetch(address, { method: 'HEAD' }).catch(() => null);
  if (!answer?.ok) return t(answer?.status === 429 ? 'archive.running' : 'problem.unknown');
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
  return t('archive.begun');
}
