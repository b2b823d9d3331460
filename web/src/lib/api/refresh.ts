/** What the refresher needs of the outside; a test gives it fakes. */
export interface RefreshWorld {
  /** Asks the server for a new session: `true` when it gave one. */
  post(): Promise<boolean>;
  /** One tab at a time. Web Locks need a secure context; without them a tab only guards itself. */
  exclusively<T>(run: () => Promise<T>): Promise<T>;
  now(): number;
  lastRefreshedAt(): number;
  noteRefreshedAt(at: number): void;
}

/**
 * Renews the session after a 401. Refresh tokens rotate and a token used twice looks stolen, so the same token must never
 * be sent twice: callers in one tab share a flight, tabs queue on a lock, and whoever waited for the lock looks first
 * whether another tab renewed the session since its own request was sent.
 */
export function refresher(world: RefreshWorld) {
  let flight: Promise<boolean> | null = null;
  return (sentAt: number): Promise<boolean> => {
    if (world.lastRefreshedAt() > sentAt) return Promise.resolve(true);
    flight ??= world
      .exclusively(async () => {
        if (world.lastRefreshedAt() > sentAt) return true;
        const renewed = await world.post();
        if (renewed) world.noteRefreshedAt(world.now());
        return renewed;
      })
      .finally(() => (flight = null));
    return flight;
  };
}

const storageKey = 'picup.refreshedAt';

export const refreshSession = refresher({
  async post() {
    const response = await fetch('/api/auth/sessions/refresh', { method: 'POST' });
    if (response.status >= 500 || response.status === 429) throw new Error(`refresh answered ${response.status}`);
    return response.ok;
  },
  async exclusively<T>(run: () => Promise<T>): Promise<T> {
    if (!navigator.locks) return run();
    return await navigator.locks.request('picup.refresh', () => run());
  },
  now: () => Date.now(),
  lastRefreshedAt: () => Number(localStorage.getItem(storageKey) ?? 0),
  noteRefreshedAt: (at) => localStorage.setItem(storageKey, String(at)),
});
