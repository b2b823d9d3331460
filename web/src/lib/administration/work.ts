import { api, data } from '$lib/api/client';

const path = (id: string) => ({ params: { path: { id } } });
const page = (cursor: string | null) => ({ params: { query: cursor === null ? {} : { cursor } } });

/** The work of both sides of Picup; each has a database of its own, and so an address of its own. */
export const sides = {
  events: {
    state: () => data(api.GET('/api/admin/events')),
    letters: (cursor: string | null) => data(api.GET('/api/admin/events/dead-letters', page(cursor))),
    replayAll: () => data(api.POST('/api/admin/events/dead-letters/replay')),
    replay: (id: string) => data(api.POST('/api/admin/events/dead-letters/{id}/replay', path(id))),
    discard: (id: string) => data(api.DELETE('/api/admin/events/dead-letters/{id}', path(id))),
  },
  jobs: {
    state: () => data(api.GET('/api/admin/jobs')),
    letters: (cursor: string | null) => data(api.GET('/api/admin/jobs/dead-letters', page(cursor))),
    replayAll: () => data(api.POST('/api/admin/jobs/dead-letters/replay')),
    replay: (id: string) => data(api.POST('/api/admin/jobs/dead-letters/{id}/replay', path(id))),
    discard: (id: string) => data(api.DELETE('/api/admin/jobs/dead-letters/{id}', path(id))),
  },
};

export type Side = keyof typeof sides;
