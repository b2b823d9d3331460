import { api, data, type OtherWaysIn } from '$lib/api/client';

let offered = $state.raw<OtherWaysIn | null>(null);

/** The ways in besides the password that this instance has. */
export const otherWaysIn = {
  /** Null while nobody knows, and where none works: they are bound to one address, and this may be another. */
  get here(): OtherWaysIn | null {
    return offered?.origin === location.origin ? offered : null;
  },
  /** Asks the server, unless it has told already: that does not change while it runs. */
  async load() {
    offered ??= (await data(api.GET('/api/instance'))).otherWaysIn;
  },
  /** The server told, as it was asked for something else. */
  heard(ways: OtherWaysIn) {
    offered = ways;
  },
  /** Leaves for the provider, which sends the browser back to `to`. */
  async leaveToSignIn(provider: string, to: string, invitation?: string) {
    const { location: there } = await data(api.POST('/api/auth/provider-sign-ins', { body: { provider, to, invitation } }));
    location.assign(there);
  },
  async leaveToLink(provider: string) {
    const { location: there } = await data(api.POST('/api/auth/provider-links', { body: { provider } }));
    location.assign(there);
  },
};
