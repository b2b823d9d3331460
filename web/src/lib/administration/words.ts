import { isMessage, language, t } from '$lib/language/language.svelte';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** What a kind of work is called; one that is newer than this page keeps its own name. */
export function workName(kind: string): string {
  const key = `workKind.${kind}`;
  return isMessage(key) ? t(key) : kind;
}

export function laneName(lane: string): string {
  const key = `lane.${lane}`;
  return isMessage(key) ? t(key) : lane;
}

/** How long something has waited: `12 sec`, `3 min`. */
export function waitName(seconds: number): string {
  const [unit, size] = seconds < minute ? ['second', 1] : seconds < hour ? ['minute', minute] : seconds < day ? ['hour', hour] : ['day', day];
  return new Intl.NumberFormat(language.current, { style: 'unit', unit: unit as string, unitDisplay: 'short' }).format(Math.floor(seconds / (size as number)));
}

/** How soon an instant comes: `in 5 minutes`; one that has passed is now. */
export function soonName(instant: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((Date.parse(instant) - now) / 1000));
  const relative = new Intl.RelativeTimeFormat(language.current, { numeric: 'auto' });
  if (seconds < minute) return relative.format(seconds, 'second');
  return seconds < hour ? relative.format(Math.round(seconds / minute), 'minute') : relative.format(Math.round(seconds / hour), 'hour');
}
