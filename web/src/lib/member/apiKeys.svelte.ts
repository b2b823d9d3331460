import { api, data, type ApiKey } from '$lib/api/client';

export const scopes = ['pictures:read', 'pictures:write', 'albums:read', 'albums:write', 'account:read'] as const;
export type Scope = (typeof scopes)[number];

let all = $state.raw<ApiKey[]>();

/** The programs that the member has let in, the newest first. */
export const apiKeys = {
  get all() {
    return all;
  },
  async load() {
    all = (await data(api.GET('/api/auth/api-keys'))).keys;
  },
  /** The next to look may be another member. */
  forget() {
    all = undefined;
  },
  /** The key itself, which nobody can be shown again. */
  async make(name: string, scopes: Scope[], days: number | undefined): Promise<string> {
    const { secret } = await data(api.POST('/api/auth/api-keys', { body: { name, scopes, ...(days && { days }) } }));
    await apiKeys.load();
    return secret;
  },
  async revoke(id: string) {
    await data(api.DELETE('/api/auth/api-keys/{id}', { params: { path: { id } } }));
    await apiKeys.load();
  },
};
