import { api, data, type Invitation } from '$lib/api/client';

let all = $state.raw<Invitation[]>();

/** Who was asked to come, the newest first. For administrators alone. */
export const invitations = {
  get all() {
    return all;
  },
  async load() {
    all = (await data(api.GET('/api/admin/invitations'))).invitations;
  },
  forget() {
    all = undefined;
  },
  /** The link, which nobody can be shown again. */
  async make(note: string): Promise<string> {
    const { secret } = await data(api.POST('/api/admin/invitations', { body: { note } }));
    await invitations.load();
    return `${location.origin}/invitation#${secret}`;
  },
  async remove(id: string) {
    await data(api.DELETE('/api/admin/invitations/{id}', { params: { path: { id } } }));
    await invitations.load();
  },
};
