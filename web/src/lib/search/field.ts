import { router } from '$lib/navigation/router.svelte';

export const fieldId = 'search-field';

/** To the search from anywhere; where one is there already, into its field. */
export function toSearch() {
  const field = document.getElementById(fieldId) as HTMLInputElement | null;
  if (!field || router.path !== '/search') return router.go('/search');
  field.focus();
  field.select();
}

export function searchPath(query: string): string {
  return `/search?q=${encodeURIComponent(query)}`;
}
