import type { TimelinePage } from '$lib/api/client';
import { storedDensity } from '$lib/settings/density';
import { layOutDays } from '$lib/timeline/days';
import { measuresOf } from '$lib/timeline/measures';
import { askForLatest } from './latest';

/** The server sets it beside the session, which no script can read. */
const signedIn = /(?:^|; )picup_here=/;

/** The app has long taken over by then, or shows why it cannot. */
const longestMs = 5_000;

/** So long the app's own tiles fade in. */
const fadeMs = 350;

/**
 * The newest pictures where the timeline is going to show them, before the app has been read: with a slow processor that takes seconds. Nobody can
 * touch them; they go when the timeline shows the same, or when somebody does anything.
 */
export async function drawFirst(): Promise<void> {
  const comesBack = (history.state as { seen?: unknown } | null)?.seen;
  if (location.pathname !== '/' || comesBack || !signedIn.test(document.cookie)) return;
  const page = await askForLatest();
  // Where the answer was slow the app is there already, and may show another page.
  if (!page || page.ids.length === 0 || document.getElementById('app')?.hasChildNodes()) return;
  const view = document.createElement('div');
  view.id = 'first';
  view.inert = true;
  document.body.append(view);
  const images = tilesOf(page, view);
  leaveInTime(view, images.length);
  await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
}

function tilesOf(page: TimelinePage, view: HTMLElement): HTMLImageElement[] {
  const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(view);
  const width = view.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd);
  const { rows, lefts, widths } = layOutDays(page.takenAt, page.ratios, measuresOf(width, storedDensity()));
  const canvas = document.createElement('div');
  const images: HTMLImageElement[] = [];
  for (const { first, count, top, height } of rows) {
    if (top > view.clientHeight) break;
    for (let at = first; at < first + count; at++) {
      if (page.states[at] !== 'ready') continue;
      const image = new Image();
      image.src = `/api/pictures/${page.ids[at]}/renditions/thumb?v=${page.versions[at]}`;
      image.alt = '';
      Object.assign(image.style, { insetInlineStart: `${lefts[at]}px`, top: `${top}px`, width: `${widths[at]}px`, height: `${height}px` });
      images.push(image);
    }
  }
  canvas.append(...images);
  view.append(canvas);
  return images;
}

function leaveInTime(view: HTMLElement, count: number) {
  const until = performance.now() + longestMs;
  const gestures = ['pointerdown', 'keydown', 'wheel', 'popstate'] as const;
  const leave = () => {
    view.remove();
    for (const gesture of gestures) removeEventListener(gesture, leave, true);
  };
  for (const gesture of gestures) addEventListener(gesture, leave, { capture: true, passive: true });
  const look = () => {
    if (document.querySelectorAll('.timeline .thumb.loaded').length >= count) return void setTimeout(leave, fadeMs);
    if (performance.now() > until) return leave();
    if (view.isConnected) setTimeout(look, 50);
  };
  look();
}
