import { api, data } from '$lib/api/client';

const mostAtOnce = 50;
const path = (id: string) => ({ params: { path: { id } } });

/** A page of members, and the spaces of those: the two sides of Picup know each other's by the id alone. */
export async function loadMembers(search: string, cursor: string | null) {
  const query = { limit: mostAtOnce, ...(search && { search }), ...(cursor !== null && { cursor }) };
  const { members, next } = await data(api.GET('/api/admin/members', { params: { query } }));
  const ids = members.map(({ id }) => id);
  const { spaces } = ids.length > 0 ? await data(api.GET('/api/admin/spaces', { params: { query: { ids } } })) : { spaces: [] };
  return { members, spaces, next };
}

export const manage = {
  makeAdministrator: (id: string) => data(api.PUT('/api/admin/members/{id}/administrator', path(id))),
  unmakeAdministrator: (id: string) => data(api.DELETE('/api/admin/members/{id}/administrator', path(id))),
  suspend: (id: string) => data(api.PUT('/api/admin/members/{id}/suspension', path(id))),
  reinstate: (id: string) => data(api.DELETE('/api/admin/members/{id}/suspension', path(id))),
  signOut: (id: string) => data(api.DELETE('/api/admin/members/{id}/sessions', path(id))),
  resetSecondFactor: (id: string) => data(api.DELETE('/api/admin/members/{id}/second-factor', path(id))),
  remove: (id: string) => data(api.DELETE('/api/admin/members/{id}', path(id))),
  setQuota: (id: string, quotaBytes: number) => data(api.PUT('/api/admin/spaces/{id}', { ...path(id), body: { quotaBytes } })),
};
