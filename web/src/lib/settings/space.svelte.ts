import { api, data, type Space } from '$lib/api/client';

let space = $state.raw<Space | null>(null);

/** How much of the member's space is used. */
export const memberSpace = {
  get current() {
    return space;
  },
  async load() {
    try {
      space = await data(api.GET('/api/space'));
    } catch {
      // The meter is no reason to disturb; it keeps what it knew.
    }
  },
};
