import { picturePainter } from './picture';
import { timelinePainter } from './timeline';

/** The server sets it beside the session, which no script can read. */
const signedIn = /(?:^|; )picup_here=/;

/** The app has long taken over by then, or shows why it cannot. */
const longestMs = 5_000;

/** What is seen before the app is there. */
export interface Drawn {
  images: HTMLImageElement[];
  /** Whether the app shows the same. */
  isShown: () => boolean;
  /** So long the app's own pictures fade in. */
  fadeMs: number;
}

/** Draws into an element that covers the page. */
export type Painter = (view: HTMLElement) => Drawn;

/**
 * The newest pictures where the timeline is going to show them, or the one picture of the address, before the app has been read: with a slow
 * processor that takes seconds. Nobody can touch them; they go when the app shows the same, or when somebody does anything.
 */
export async function drawFirst(): Promise<void> {
  if (!signedIn.test(document.cookie)) return;
  const paint = await painterOf(location.pathname);
  // Where the answer was slow the app is there already, and may show another page.
  if (!paint || document.getElementById('app')?.hasChildNodes()) return;
  const view = document.createElement('div');
  view.id = 'first';
  view.inert = true;
  document.body.append(view);
  const drawn = paint(view);
  leaveInTime(view, drawn);
  await Promise.all(drawn.images.map((image) => image.decode().catch(() => undefined)));
}

function painterOf(path: string): Promise<Painter | null> | null {
  const comesBack = (history.state as { seen?: unknown } | null)?.seen;
  if (path === '/') return comesBack ? null : timelinePainter();
  const id = /^\/picture\/([\da-f-]{36})$/.exec(path)?.[1];
  return id === undefined ? null : picturePainter(id);
}

function leaveInTime(view: HTMLElement, { isShown, fadeMs }: Drawn) {
  const until = performance.now() + longestMs;
  const gestures = ['pointerdown', 'keydown', 'wheel', 'popstate'] as const;
  const leave = () => {
    view.remove();
    for (const gesture of gestures) removeEventListener(gesture, leave, true);
  };
  for (const gesture of gestures) addEventListener(gesture, leave, { capture: true, passive: true });
  const look = () => {
    if (isShown()) return void setTimeout(leave, fadeMs);
    if (performance.now() > until) return leave();
    if (view.isConnected) setTimeout(look, 50);
  };
  look();
}
