import { toSearch } from '$lib/search/field';
import { router } from './router.svelte';

const places: Record<string, string> = { t: '/', f: '/favourites', a: '/albums', l: '/locked' };

/** How long after `g` the second key may come. */
const waitMs = 1500;

let wentAt = -Infinity;

function isTyping(event: KeyboardEvent) {
  return (event.target as Element).closest?.('input, textarea, select, [contenteditable], dialog') !== null;
}

/** The keys that work on every page: `?` for help, `/` to search, `g` and a letter to go somewhere. Says whether it was one of them. */
export function pressAnywhere(event: KeyboardEvent, help: () => void): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event)) return false;
  const going = event.timeStamp - wentAt < waitMs;
  wentAt = event.key === 'g' ? event.timeStamp : -Infinity;
  if (event.key === '?') help();
  else if (event.key === '/') toSearch();
  else if (going && event.key in places) router.go(places[event.key]!);
  else return event.key === 'g';
  return true;
}
