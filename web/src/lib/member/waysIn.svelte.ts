import { api, data, type WaysIn } from '$lib/api/client';

let all = $state.raw<WaysIn | null>(null);

/** By what the member signs in. */
export const waysIn = {
  get all() {
    return all;
  },
  async load() {
    all = await data(api.GET('/api/members/me/ways-in'));
  },
  /** The next to look may be another member. */
  forget() {
    all = null;
  },
  async renamePasskey(id: string, name: string) {
    await data(api.PATCH('/api/members/me/passkeys/{id}', { params: { path: { id } }, body: { name } }));
    await waysIn.load();
  },
  async removePasskey(id: string) {
    await data(api.DELETE('/api/members/me/passkeys/{id}', { params: { path: { id } } }));
    await waysIn.load();
  },
  async prove(password: string) {
    await data(api.PUT('/api/auth/sessions/current/proof', { body: { password } }));
  },
};
