let network = $state(navigator.onLine);
let aged = $state(false);

addEventListener('online', () => (network = true));
addEventListener('offline', () => (network = false));

/** Whether what one sees comes from the server. */
export const connection = {
  get online() {
    return network && !aged;
  },
  /** What the last answer was: an older one that this browser remembers, or the server's own. */
  heard(old: boolean) {
    aged = old;
  },
};
