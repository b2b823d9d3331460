import { whenAnswered } from '$lib/api/client';

let network = $state(navigator.onLine);
let aged = $state(false);

addEventListener('online', () => (network = true));
addEventListener('offline', () => (network = false));
whenAnswered((old) => (aged = old));

/** Whether what one sees comes from the server. */
export const connection = {
  get online() {
    return network && !aged;
  },
};
