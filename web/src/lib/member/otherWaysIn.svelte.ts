import { api, data, type OtherWaysIn } from '$lib/api/client';

let offered = $state.raw<OtherWaysIn | null>(null);

/** The ways in besides the password that this instance has. */
export const otherWaysIn = {
  /** Null while nobody knows, and where none works: they are bound to one address, and this may be another. */
  get here(): OtherWaysIn | null {
    return offered?.origin === location.origin ? offered : null;
  },
  async load() {
    offered = (await data(api.GET('/api/instance'))).otherWaysIn;
  },
};
