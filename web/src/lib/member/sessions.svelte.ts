import { api, data, type Session } from '$lib/api/client';

let all = $state.raw<Session[] | null>(null);

/** Where the member is signed in; this device first, then as the server has them: seen last, shown first. */
export const sessions = {
  get all() {
    return all;
  },
  async load() {
    const { sessions: found } = await data(api.GET('/api/auth/sessions'));
    all = [...found.filter(({ current }) => current), ...found.filter(({ current }) => !current)];
  },
  /** The next to look may be another member. */
  forget() {
    all = null;
  },
  async end(id: string) {
    await data(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }));
    await sessions.load();
  },
  async endOthers() {
    await data(api.DELETE('/api/auth/sessions'));
    await sessions.load();
  },
};
