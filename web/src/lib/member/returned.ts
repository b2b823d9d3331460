import { router } from '$lib/navigation/router.svelte';
import { isMessage, type t } from '$lib/language/language.svelte';

type Message = Parameters<typeof t>[0];

/** What went wrong at the provider from which the browser has just come back, told once: the address is clean after it. */
export function problemBroughtBack(): Message | null {
  const code = router.query.get('problem');
  if (code === null) return null;
  const query = new URLSearchParams(router.query);
  query.delete('problem');
  router.go(router.path + (query.size > 0 ? `?${query}` : ''), { replace: true });
  const key = `problem.${code}`;
  return isMessage(key) ? key : 'problem.unknown';
}
