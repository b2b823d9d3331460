/** A router of one screenful: the app has few pages, and the timeline stays mounted under the viewer. */
interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

let place = $state.raw<Place>(here());
let depth = 0;

/** Leads from one path to another; `change` makes the page that of the other. */
type Passage = (from: string, to: string, change: () => void) => void;
let passage: Passage = (_from, _to, change) => change();

/** Lets somebody animate the way, who calls `change` when the page as it was has been looked at. */
export function leadBy(animated: Passage) {
  passage = animated;
}

function arrive() {
  passage(place.path, location.pathname, () => (place = here()));
}

export const router = {
  get path() {
    return place.path;
  },
  get query() {
    return place.query;
  },
  /** The named parts of the path if it fits the pattern: `/albums/:id`. */
  match(pattern: string): Record<string, string> | null {
    const wanted = pattern.split('/');
    const found = place.path.replace(/(.)\/$/, '$1').split('/');
    if (wanted.length !== found.length) return null;
    const parts: Record<string, string> = {};
    for (const [at, name] of wanted.entries()) {
      const part = found[at] ?? '';
      if (name.startsWith(':')) parts[name.slice(1)] = decodeURIComponent(part);
      else if (name !== part) return null;
    }
    return parts;
  },
  go(path: string, { replace = false } = {}) {
    if (replace) history.replaceState({ depth }, '', path);
    else history.pushState({ depth: ++depth }, '', path);
    arrive();
  },
  /** Keeps something with this entry of the browser's history, for when somebody comes back to it or reloads. */
  remember(name: string, value: unknown) {
    history.replaceState({ ...history.state, depth, [name]: value }, '');
  },
  remembered(name: string): unknown {
    return (history.state as Record<string, unknown> | null)?.[name];
  },
  /** Back to where the person came from, or to `otherwise` when the page was opened by a link. */
  back(otherwise: string) {
    if (depth > 0) history.back();
    else router.go(otherwise, { replace: true });
  },
};

/** Only paths of our own: `//elsewhere` and `https://elsewhere` after sign-in would be an open redirect. */
export function safePath(path: string | null): string {
  if (!path?.startsWith('/')) return '/';
  const url = new URL(path, location.origin);
  return url.origin === location.origin ? url.pathname + url.search : '/';
}

function takeOver(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  event.preventDefault();
  router.go(link.pathname + link.search);
}

export function startRouter() {
  depth = (history.state as { depth?: number } | null)?.depth ?? 0;
  window.addEventListener('popstate', (event) => {
    depth = (event.state as { depth?: number } | null)?.depth ?? 0;
    // A browser whose swipe has led back has shown that already.
    if (event.hasUAVisualTransition) place = here();
    else arrive();
  });
  document.addEventListener('click', takeOver);
}
