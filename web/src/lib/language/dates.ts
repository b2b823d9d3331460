import { language } from './language.svelte';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language.current} ${name}`;
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language.current, { timeZone: 'UTC', ...options })));
  return made;
}

/** A picture's time is that of the place where it was taken, so it is read as written and never moved to the viewer's zone. */
function asWritten(local: string): Date {
  return new Date(`${local.slice(0, 19).padEnd(19, '1970-01-01T00:00:00'.slice(local.length))}Z`);
}

function isThisYear(local: string): boolean {
  return local.slice(0, 4) === String(new Date().getFullYear());
}

export function dayName(day: string): string {
  return isThisYear(day)
    ? formatFor('day', { weekday: 'short', month: 'short', day: 'numeric' }).format(asWritten(day))
    : formatFor('day of year', { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' }).format(asWritten(day));
}

export function monthName(month: string): string {
  return formatFor('month', { year: 'numeric', month: 'long' }).format(asWritten(month));
}

/** From one day to another, no longer than need be. */
export function daysName(first: string, last: string): string {
  return formatFor('days', { dateStyle: 'medium' }).formatRange(asWritten(first), asWritten(last));
}

export function momentName(local: string): string {
  return formatFor('moment', { dateStyle: 'full', timeStyle: 'short' }).format(asWritten(local));
}

export function shortMomentName(local: string): string {
  return formatFor('short moment', { dateStyle: 'medium', timeStyle: 'short' }).format(asWritten(local));
}

/** For the least of room, in two lines: the day, and its time or, in other years than this, the year. */
export function tightMomentName(local: string): [string, string] {
  const moment = asWritten(local);
  const rest = isThisYear(local) ? formatFor('time', { timeStyle: 'short' }) : formatFor('year', { year: 'numeric' });
  return [formatFor('tight day', { month: 'short', day: 'numeric' }).format(moment), rest.format(moment)];
}

/** The day of an instant, where the viewer is. */
export function dateName(instant: string): string {
  return formatFor('date', { dateStyle: 'medium', timeZone: undefined }).format(new Date(instant));
}

/** An instant to the minute, where the viewer is. */
export function instantName(instant: string): string {
  return formatFor('instant', { dateStyle: 'medium', timeStyle: 'short', timeZone: undefined }).format(new Date(instant));
}

const unitsMs = { day: 86_400_000, hour: 3_600_000, minute: 60_000 } as const;

/** How long ago an instant is, in the largest unit that fits, up to days. */
export function agoName(instant: string, now = Date.now()): string {
  const passedMs = now - Date.parse(instant);
  const relative = new Intl.RelativeTimeFormat(language.current, { numeric: 'auto' });
  for (const unit of ['day', 'hour', 'minute'] as const) {
    if (passedMs >= unitsMs[unit]) return relative.format(-Math.floor(passedMs / unitsMs[unit]), unit);
  }
  return relative.format(0, 'second');
}
