let online = $state(navigator.onLine);

addEventListener('online', () => (online = true));
addEventListener('offline', () => (online = false));

/** Whether the browser believes to have a network. */
export const connection = {
  get online() {
    return online;
  },
};
