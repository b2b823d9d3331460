import './grow.css';
import { tick } from 'svelte';

/** What `grow.css` calls the picture on its way between its tile and the viewer. */
const name = 'picture';

/** The page stands still until the thumbnail has been unpacked, which it has been before; no longer than nobody notices. */
const unpackMs = 120;

let named: HTMLElement | null = null;
let latest: ViewTransition | null = null;

/** The picture that an address shows in the viewer. */
export function pictureAt(path: string): string | null {
  return /\/picture\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}

/**
 * Lets a thumbnail grow to the picture where the viewer opens, and shrink back where it closes, by View Transitions: the browser paints one as
 * the other, so the page needs to know nothing of the way. Plainly where it has none, nothing is to move, or the tile is not in sight.
 */
export function growPictures(from: string, to: string, change: () => void) {
  const closed = pictureAt(from);
  const opened = pictureAt(to);
  const before = closed === null ? (opened === null ? null : tileOf(opened)) : opened === null ? lookedAt() : null;
  if (before === null || !('startViewTransition' in document) || matchMedia('(prefers-reduced-motion: reduce)').matches) return change();

  const root = document.documentElement;
  root.dataset.growing = opened === null ? 'back' : 'open';
  call(before);
  const transition = document.startViewTransition(async () => {
    change();
    await tick();
    const after = opened === null ? tileOf(closed!) : lookedAt();
    call(after);
    if (after === null) root.dataset.growing = 'away';
    else if (opened !== null) await unpacked(after);
  });
  latest = transition;
  const end = () => {
    if (latest !== transition) return; // whoever came after needs it all
    call(null);
    delete root.dataset.growing;
    latest = null;
  };
  // Refused when another comes in between or the page is hidden: the change happens all the same.
  transition.ready.catch(() => undefined);
  transition.finished.then(end, end);
}

/** Only one element may have the name. */
function call(element: HTMLElement | null) {
  if (named) named.style.viewTransitionName = '';
  named = element;
  if (element) element.style.viewTransitionName = name;
}

function tileOf(id: string): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>(`[data-picture="${CSS.escape(id)}"]`)].find(inSight) ?? null;
}

function lookedAt(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-looked-at]');
}

function inSight(element: HTMLElement) {
  const { top, bottom, left, right, width } = element.getBoundingClientRect();
  return width > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}

async function unpacked(picture: HTMLElement) {
  const image = picture.querySelector('img');
  if (!image) return;
  await Promise.race([image.decode().catch(() => undefined), new Promise((done) => setTimeout(done, unpackMs))]);
}
