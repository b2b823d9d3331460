import { Problem } from '$lib/api/problem';
import { isMessage, t } from './language.svelte';

/** What to tell the person: our own words for a code we know, else the server's. */
export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return t('problem.unknown');
  const key = `problem.${error.code}`;
  if (isMessage(key)) return t(key, { seconds: error.retryAfterSeconds ?? 60 });
  return error.detail ?? t('problem.unknown');
}
