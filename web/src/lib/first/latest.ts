import type { TimelinePage } from '$lib/api/client';

let early: Promise<TimelinePage | null> | null = null;

/** Asks for the first page of the newest month before the app has been read; null where that is refused. */
export function askForLatest(): Promise<TimelinePage | null> {
  early = fetch('/api/timeline/latest').then((answer) => (answer.ok ? (answer.json() as Promise<TimelinePage>) : null));
  return early;
}

/** What was asked for early, once: later it is old. */
export function takeLatest(): Promise<TimelinePage | null> | null {
  const taken = early;
  early = null;
  return taken;
}
