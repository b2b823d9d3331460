import { api, data } from '$lib/api/client';

const most = 200;
let known = $state.raw<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();

/** User names by id: the storage side and the log know members by their ids alone. */
export const names = {
  /** Undefined while unknown, and for a member who has gone. */
  of(id: string): string | undefined {
    return known.get(id);
  },
  async load(ids: readonly (string | null)[]) {
    const missing = [...new Set(ids)].filter((id) => id !== null && !asked.has(id)) as string[];
    for (let at = 0; at < missing.length; at += most) {
      const portion = missing.slice(at, at + most);
      portion.forEach((id) => asked.add(id));
      const { members } = await data(api.GET('/api/admin/members', { params: { query: { ids: portion } } }));
      known = new Map([...known, ...members.map(({ id, username }) => [id, username] as const)]);
    }
  },
};
