import { api, data, type Album } from '$lib/api/client';
import { inPortions } from '$lib/api/portions';

/** Every album, page by page: a member has at most ten thousand. */
export async function allAlbums(): Promise<Album[]> {
  const albums: Album[] = [];
  let cursor: string | undefined;
  do {
    const page: { albums: Album[]; next: string | null } = await data(api.GET('/api/albums', { params: { query: { cursor, limit: 1000 } } }));
    albums.push(...page.albums);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return albums;
}

export async function createAlbum(name: string, parentId: string | null = null): Promise<string> {
  return (await data(api.POST('/api/albums', { body: { name, parentId } }))).id;
}

/** Returns how many were not in it already. */
export async function addToAlbum(id: string, ids: readonly string[]): Promise<number> {
  let added = 0;
  await inPortions(ids, async (portion) => {
    added += (await data(api.POST('/api/albums/{id}/pictures', { params: { path: { id } }, body: { ids: portion } }))).count;
  });
  return added;
}

export async function takeFromAlbum(id: string, ids: readonly string[]) {
  await inPortions(ids, (portion) => data(api.DELETE('/api/albums/{id}/pictures', { params: { path: { id } }, body: { ids: portion } })));
}

export async function deleteAlbum(id: string) {
  await data(api.DELETE('/api/albums/{id}', { params: { path: { id } } }));
}

export async function restoreAlbum(id: string) {
  await data(api.POST('/api/albums/{id}/restore', { params: { path: { id } } }));
}
